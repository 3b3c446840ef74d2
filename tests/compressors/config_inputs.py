"""Configuration as tools print it, made up: the same on every machine."""

from __future__ import annotations

from random import Random

from tests.compressors.settings_inputs import (
    WORDS,
    applied,
    environment,
    lockfile,
    plan,
    settings,
    state,
    terraform,
    variables,
)

VOLUME = "  part-{0}:\n    Type:      ConfigMap\n    Name:      part-{0}\n    Optional:  false\n"


def _stanza(text, indent=0):
    return "".join(f"{' ' * indent}{line}\n" for line in text.strip("\n").split("\n"))


def compose(count=12):
    """Return a compose file with services that differ in little."""
    services = "".join(
        _stanza(
            f"""
{WORDS[i % 6]}-{i}:
  image: registry.example.com/shop/{WORDS[i % 6]}:1.{i}
  restart: unless-stopped
  environment:
    LOG_LEVEL: {"debug" if i == 7 else "info"}
    PORT: "{8000 + i}"
  ports:
    - "{8000 + i}:80"
""",
            2,
        )
        for i in range(count)
    )
    return f"# All services of the shop.\nservices:\n{services}networks:\n  backend: {{}}\n"


def _managed(random, name):
    return f"""
  managedFields:
  - apiVersion: v1
    fieldsType: FieldsV1
    fieldsV1:
      f:spec:
        k:{{"name":"{name}"}}:
          .: {{}}
          f:image: {{}}
    manager: kube-controller-manager
    operation: Update
    time: "2026-03-0{random.randrange(1, 9)}T08:00:00Z"
""".strip("\n")


def _pod(random, number, *, wrong):
    name = WORDS[number % 6]
    ready = "False" if wrong else "True"
    state = (
        "running:\n        startedAt: 2026-03-01T08:00:00Z"
        if not wrong
        else "waiting:\n        message: back-off 5m0s restarting failed container\n"
        "        reason: CrashLoopBackOff"
    )
    problem = "\n    message: 'containers with unready status'\n    reason: ContainersNotReady"
    return f"""
apiVersion: v1
kind: Pod
metadata:
  creationTimestamp: "2026-03-01T08:0{number % 10}:00Z"
  labels:
    app: {name}
{_managed(random, name)}
  name: {name}-{random.getrandbits(36):09x}
  namespace: shop
  resourceVersion: "{random.randrange(10**7)}"
  uid: {random.getrandbits(64):016x}
spec:
  containers:
  - env:
    - name: LOG_LEVEL
      value: info
    - name: HOST
      value: db-{number % 3}.internal
    image: registry.example.com/{name}:1.{number}
    imagePullPolicy: IfNotPresent
    name: {name}
    terminationMessagePath: /dev/termination-log
    terminationMessagePolicy: File
    volumeMounts:
    - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      name: kube-api-access-{number:05}
      readOnly: true
  dnsPolicy: ClusterFirst
  nodeName: node-{number % 4}
  restartPolicy: Always
  tolerations:
  - effect: NoExecute
    key: node.kubernetes.io/not-ready
    operator: Exists
    tolerationSeconds: 300
status:
  conditions:
  - lastProbeTime: null
    lastTransitionTime: "2026-03-01T08:00:00Z"
    status: "True"
    type: Initialized
  - lastProbeTime: null
    lastTransitionTime: "2026-03-01T08:00:00Z"{problem if wrong else ""}
    status: "{ready}"
    type: Ready
  containerStatuses:
  - image: registry.example.com/{name}:1.{number}
    lastState: {{}}
    name: {name}
    ready: {str(not wrong).lower()}
    restartCount: {41 if wrong else 0}
    state:
      {state}
  phase: Running
"""


def pods(count=9):
    """Return what `kubectl get pods -o yaml` prints."""
    random = Random(11)
    items = "".join(
        "- " + _stanza(_pod(random, number, wrong=number == count - 3), 2)[2:]
        for number in range(count)
    )
    return f'apiVersion: v1\nitems:\n{items}kind: List\nmetadata:\n  resourceVersion: ""\n'


def documents(count=8):
    """Return manifests as separate documents."""
    return "".join(
        "---\n"
        + _stanza(
            f"""
# {WORDS[i % 6]} for the {"shop" if i % 2 else "office"}
apiVersion: v1
kind: Service
metadata:
  name: {WORDS[i % 6]}-{i}
spec:
  selector: {{app: {WORDS[i % 6]}}}
  ports:
    - port: {80 + i}
      targetPort: 8080
"""
        )
        for i in range(count)
    )


def described():
    """Return what `kubectl describe pod` prints."""
    events = "".join(
        f"  {'Warning' if i > 2 else 'Normal '}  {'BackOff' if i > 2 else 'Pulled '}    "
        f"{9 - i}m   kubelet  {'Back-off restarting' if i > 2 else 'Pulled image'} ({i})\n"
        for i in range(6)
    )
    return (
        f"""Name:             cart-7f5d9
Namespace:        shop
Priority:         0
Node:             node-3/10.0.0.3
Labels:           app=cart
                  tier=back
Status:           Running
IP:               10.1.0.7
Containers:
  cart:
    Container ID:   containerd://{"0f" * 32}
    Image:          registry.example.com/cart:1.4
    Image ID:       registry.example.com/cart@sha256:{"1e" * 32}
    Port:           8080/TCP
    Host Port:      0/TCP
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Ready:          False
    Restart Count:  41
    Environment:
"""
        + "".join(f"      CART_{i}:  value {i}\n" for i in range(30))
        + """Conditions:
  Type              Status
  Initialized       True
  Ready             False
Volumes:
"""
        + "".join(VOLUME.format(i) for i in range(12))
        + f"""QoS Class:         Burstable
Events:
  Type     Reason     Age  From     Message
  ----     ------     ---- ----     -------
{events}"""
    )


def openapi(count=10):
    """Return an API description."""
    paths = "".join(
        _stanza(
            f"""
/{WORDS[i % 6]}/{i}:
  get:
    operationId: read{WORDS[i % 6].title()}{i}
    summary: Returns one {WORDS[i % 6]}.
    responses:
      "200":
        description: OK
      "404":
        description: There is none.
""",
            2,
        )
        for i in range(count)
    )
    return f"openapi: 3.0.0\ninfo:\n  title: Shop\n  version: 1.0.0\npaths:\n{paths}"


CONFIGURATIONS = {
    "compose": compose(),
    "pods": pods(),
    "documents": documents(),
    "described": described(),
    "openapi": openapi(),
    "lockfile": lockfile(),
    "settings": settings(),
    "variables": variables(),
    "terraform": terraform(),
    "plan": plan(),
    "applied": applied(),
    "state": state(),
    "environment": environment(),
}
TYPICAL = {f"config: {name}": text for name, text in CONFIGURATIONS.items()}
HOSTILE = {
    "config: one key": "a: 1\n" * 100_000,
    "config: items": "- a: 1\n  b: 2\n" * 40_000,
    "config: empty items": "-\n" * 200_000,
    "config: braces": "{:}:\n" * 60_000,
    "config: deep": "".join(f"{' ' * i}k:\n" for i in range(900)),
    "config: up and down": "a:\n  b:\n    c: 1\n" * 20_000,
    "config: sections": "[a]\n" * 100_000,
    "config: documents": "---\n" * 100_000,
    "config: marks": "@a 2 lines, $1 | $2:\n@A again\nk: $1\n" * 9_000,
    "config: Kubernetes": "apiVersion: v1\nkind: Pod\n" + "  uid: x\n" * 50_000,
    "config: conditions": "apiVersion: v1\nkind: Pod\n" + "conditions:\n- type: Ready\n" * 20_000,
    "config: a long value": "a:\n  b: " + "x" * 400_000,
    "config: blocks": 'resource "a" "b" {\n  a = 1\n}\n' * 20_000,
    "config: kinds of blocks": "".join(
        f'resource "a{i}" "b" {{\n  a = 1\n}}\n' for i in range(9_000)
    ),
    "config: endings": "".join(f"A_{i}_{'XYZ'[i % 3] * 2}={i}\n" for i in range(30_000)),
    "config: tolerations": "kind: Pod\n" + "key: node.kubernetes.io/not-ready\n" * 12_000,
}
CASES = {
    "config/compose": (compose(), "What port does search-3 use?"),
    "config/pods": (pods(24), "Why does the cart pod restart?"),
    "config/documents": (documents(14), "Which services are for the office?"),
    "config/described": (described(), "Why does it not run?"),
    "config/openapi": (openapi(24), "How do I read a cart?"),
    "config/lockfile": (lockfile(), "Which version has part-7?"),
    "config/settings": (settings(), "What is the port of mail?"),
    "config/variables": (variables(), "Where is the search?"),
    "config/terraform": (terraform(14), "Which rules are open to all?"),
    "config/plan": (plan(24), "What will be replaced?"),
    "config/environment": (environment(90), "Where is the cart?"),
}


def made_up_services(count, seed, odd):
    """Return a configuration for the property tests."""
    names = [f"{WORDS[i * seed % 6]}-{i}" for i in range(count)]
    lines = [
        f"  - name: {name}\n    port: {8000 + i * seed % 97}\n    hosts:\n    - {name}.example.com"
        for i, name in enumerate(names)
    ]
    lines[count // 2] = f"  - name: {odd}\n    note: failed"
    return "\n".join(["services:", *lines, ""])
