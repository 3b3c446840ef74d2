"""What Kubernetes writes that says nothing: bookkeeping, defaults, conditions that are met."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._config.lines import Lines, matching

_IS_OBJECT = re.compile(r"^(?:- )?(?:apiVersion|kind): [\w./]+", re.MULTILINE)
_BOOKKEEPING: Final = (
    "managedFields kubectl.kubernetes.io/last-applied-configuration uid resourceVersion selfLink "
    "creationTimestamp generation generateName observedGeneration blockOwnerDeletion containerID "
    "imageID lastProbeTime lastHeartbeatTime pod-template-hash controller-revision-hash"
).split()
_DEFAULTS: Final[Mapping[str, Sequence[str]]] = {
    "terminationMessagePath": ("/dev/termination-log",),
    "terminationMessagePolicy": ("File",),
    "dnsPolicy": ("ClusterFirst",),
    "restartPolicy": ("Always",),
    "schedulerName": ("default-scheduler",),
    "protocol": ("TCP",),
    "imagePullPolicy": ("IfNotPresent", "Always"),
    "enableServiceLinks": ("true",),
    "preemptionPolicy": ("PreemptLowerPriority",),
    "priority": ("0",),
    "securityContext": ("{}",),
    "resources": ("{}",),
    "lastState": ("{}",),
    "started": ("true",),
    "scheme": ("HTTP",),
    "successThreshold": ("1",),
    "timeoutSeconds": ("1",),
    "terminationGracePeriodSeconds": ("30",),
    "serviceAccount": ("default",),
    "sessionAffinity": ("None",),
    "internalTrafficPolicy": ("Cluster",),
    "ipFamilyPolicy": ("SingleStack",),
    "progressDeadlineSeconds": ("600",),
    "revisionHistoryLimit": ("10",),
    "defaultMode": ("420",),
}
_DESCRIBED: Final = (
    "Container ID|Image ID|Host Ports?|QoS Class|Optional|ConfigMapOptional|TokenExpirationSeconds"
)
_FIELD = re.compile(
    r"\A ++(?:("
    + "|".join(map(re.escape, _BOOKKEEPING))
    + r"):(?= |$)|((?:"
    + "|".join(
        f"{key}: (?:{'|'.join(map(re.escape, values))})" for key, values in _DEFAULTS.items()
    )
    + r")\r?$)|("
    + _DESCRIBED
    + r"):(?= |$))"
)
_NAMES: Final = frozenset(
    [*_BOOKKEEPING, *_DEFAULTS, *_DESCRIBED.split("|"), "Host Port", "Host Ports"]
)
_MADE_BY_ADMISSION = re.compile(
    r"\A *+(?:- name: kube-api-access-"
    r"|- mountPath: /var/run/secrets/kubernetes\.io/serviceaccount\r?$"
    r"|(?:- )?key: node\.kubernetes\.io/(?:not-ready|unreachable)\r?$)"
)
_CONDITIONS = re.compile(r"\A *+conditions:\r?$")
_CONDITION = re.compile(r" *+(?:- )?(type|status|reason): \"?([\w./-]++)\"?\r?")
_BAD_WHEN_TRUE = re.compile(r"Pressure|Unavailable|Fail|Degraded|Stalled|Problem|Deadlock|Terminat")
_MAX_CONDITION: Final = 12
_SHORT: Final = 3
_ADMITTED: Final = "tolerations volumes mounts"


class Rules(NamedTuple):
    """What is left out by rule.

    Attributes:
        out: For each line, whether it is.
        notes: What to say in the place of a line: which conditions are met.
        legend: How many lines of what are left out, most first; "" if none are.
    """

    out: bytearray
    notes: Mapping[int, str]
    legend: str


def apply(source: Lines, text: str, asked: Mapping[str, float]) -> Rules:
    """Return what to leave out; what is asked for by a word of its name stays."""
    out = bytearray(len(source.text))
    if not _IS_OBJECT.search(text) and not text.startswith("Name:"):
        return Rules(out, {}, "")
    counts: Counter[str] = Counter()
    known = {key for key in set(source.keys) if key.strip(" :\r") in _NAMES}
    for line in [line for line, key in enumerate(source.keys) if key in known]:
        match = _FIELD.match(source.text[line])
        if match is None:
            continue
        name = match[1] or match[2] or match[3]
        lower = name.lower()
        if any(word in lower if len(word) > _SHORT else word == lower for word in asked):
            continue
        end = source.ends[line]
        # Defaults are leaves; a key of that name with something below it is another one.
        if out[line] or (end > line + 1 and not match[1]):
            continue
        out[line:end] = b"\x01" * (end - line)
        counts[name.rstrip("\r").rpartition("/")[2] if match[1] else name.rstrip("\r")] += (
            end - line
        )
    if not any(word in _ADMITTED for word in asked):
        _leave_admission_out(source, out, counts)
    notes = {} if "condition" in asked else _met(source, out)
    return Rules(out, notes, _legend(counts))


def _leave_admission_out(source: Lines, out: bytearray, counts: Counter[str]) -> None:
    """Leave out the token volume and the two tolerations that every pod is given."""
    for line in matching(source, _MADE_BY_ADMISSION):
        head = next((n for n in range(line, max(-1, line - 4), -1) if source.levels[n] % 2), -1)
        if head < 0 or source.ends[head] <= line or out[head]:
            continue
        end = source.ends[head]
        name = "default tolerations" if "key: " in source.text[line] else "kube-api-access"
        out[head:end] = b"\x01" * (end - head)
        counts[name] += end - head


def _legend(counts: Mapping[str, int]) -> str:
    """Say how many lines of what are left out: "480 of managedFields; 24 each of uid, ..."."""
    groups: dict[int, list[str]] = {}
    for name, count in counts.items():
        groups.setdefault(count, []).append(name)
    return "; ".join(
        f"{count}{' each' if len(groups[count]) > 1 else ''} of {', '.join(groups[count])}"
        for count in sorted(groups, reverse=True)
    )


def _met(source: Lines, out: bytearray) -> dict[int, str]:
    """Leave out the conditions that are as they should be; return what to say instead."""
    notes: dict[int, str] = {}
    for head in matching(source, _CONDITIONS):
        line, met = head + 1, []
        while line < source.ends[head]:
            end = source.ends[line]
            said = _said(source.text[line : min(end, line + _MAX_CONDITION)])
            if said and not out[line] and end - line <= _MAX_CONDITION:
                met.append(said)
                out[line:end] = b"\x01" * (end - line)
                notes.setdefault(line, "")
            line = end
        if met:
            first = min(place for place in notes if place > head)
            notes[first] = f"met: {', '.join(met)}"
    return {line: said for line, said in notes.items() if said}


def _said(lines: Sequence[str]) -> str:
    """Return type and status of a condition that is as it should be, "" for another one."""
    found = {}
    for line in lines:
        if match := _CONDITION.fullmatch(line):
            found[match[1]] = match[2]
    kind, status = found.get("type"), found.get("status")
    if not kind or status not in ("True", "False"):
        return ""
    good = "False" if _BAD_WHEN_TRUE.search(kind) else "True"
    return f"{kind} {status}" if status == good else ""
