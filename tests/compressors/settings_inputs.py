"""Settings in other forms than YAML, made up: Terraform, sections, a shell, a lockfile."""

from __future__ import annotations

from random import Random

WORDS = "api cart mail search stock web".split()


def terraform(count=9):
    """Return resources of Terraform, one of them open to all."""
    return 'terraform {\n  required_version = ">= 1.6"\n}\n' + "".join(
        f"""
resource "aws_instance" "{WORDS[i % 6]}_{i}" {{
  ami           = "ami-0abc1234"
  instance_type = "{"x2iedn.32xlarge" if i == 3 else "t3.medium"}"

  root_block_device {{
    volume_size = 20
    encrypted   = {"false" if i == 7 else "true"}
  }}
}}

resource "aws_security_group_rule" "{WORDS[i % 6]}_{i}" {{
  type        = "ingress"
  from_port   = {8000 + i}
  cidr_blocks = ["{"0.0.0.0/0" if i == 5 else "10.0.0.0/8"}"]
}}
"""
        for i in range(count)
    )


def plan(count=12):
    """Return what `terraform plan` prints: resources that are created, and one replaced."""
    created = [
        f"""  # aws_instance.web_{i} will be created
  + resource "aws_instance" "web_{i}" {{
      + ami           = "ami-0abc1234"
      + arn           = (known after apply)
      + instance_type = "{"m5.24xlarge" if i == 4 else "t3.medium"}"
      + tags          = {{
          + "Name" = "web-{i}"
        }}
    }}
"""
        for i in range(count)
    ]
    replaced = """  # aws_db_instance.main must be replaced
-/+ resource "aws_db_instance" "main" {
      ~ arn               = "arn:aws:rds:eu-west-1:1:db:main" -> (known after apply)
      ~ storage_encrypted = false -> true # forces replacement
        # (24 unchanged attributes hidden)
    }
"""
    middle = count // 2
    changes = "\n".join([*created[:middle], replaced, *created[middle:]])
    return (
        f"Terraform will perform the following actions:\n\n{changes}\n"
        f"Plan: {count + 1} to add, 0 to change, 1 to destroy.\n"
    )


def applied(count=12):
    """Return what `terraform apply` prints: what it looks at, the plan, and why it fails."""
    looked = "".join(f"aws_instance.old_{i}: Refreshing state... [id=i-{i}]\n" for i in range(200))
    made = "".join(f"aws_instance.web_{i}: Creating...\n" for i in range(count))
    error = (
        "╷\n│ Error: creating an instance: VcpuLimitExceeded\n│ \n│   with aws_instance.web_7,\n╵\n"
    )
    return f"{looked}\n{plan(count)}\n{made}\n{error}"


def state(count=9):
    """Return what `terraform show` prints."""
    return "\n".join(
        f"""# aws_instance.web_{i}:
resource "aws_instance" "web_{i}" {{
    ami            = "ami-0abc1234"
    id             = "i-{i:08}"
    instance_state = "{"stopped" if i == 6 else "running"}"
    tags           = {{
        "Name" = "web-{i}"
    }}
}}
"""
        for i in range(count)
    )


def settings(count=14):
    """Return an INI file."""
    return "\n".join(
        f"; {WORDS[i % 6]} number {i}\n[{WORDS[i % 6]}.{i}]\nhost = 10.0.0.{i}\nport = {9000 + i}\n"
        f"timeout = 30\n"
        for i in range(count)
    )


def variables(count=30):
    """Return settings of a shell."""
    return "# Where things are\n" + "".join(
        f"SHOP_{WORDS[i % 6].upper()}_{i}_URL=https://{WORDS[i % 6]}-{i}.example.com/v1\n"
        for i in range(count)
    )


def environment(count=60):
    """Return settings of a shell in which most endings are those of many."""
    ends = ("PORT", "LOG_LEVEL", "REGION")
    values = (lambda i: 8000 + i, lambda _: "info", lambda _: "eu-west-1")
    lines = [f"{WORDS[i % 6].upper()}_{i}_{ends[i % 3]}={values[i % 3](i)}" for i in range(count)]
    lines[count // 2 + 1] = "ODD_LOG_LEVEL=trace"
    return "\n".join(["# Where things are", *lines, ""])


def lockfile(count=20):
    """Return a TOML lockfile; some packages depend on others."""
    random = Random(5)
    packages = []
    for i in range(count):
        depends = f'dependencies = [\n "part-{i - 1}",\n]\n' if i % 4 == 1 else ""
        packages.append(
            f'[[package]]\nname = "part-{i}"\nversion = "1.{random.randrange(9)}.0"\n'
            f'source = "registry+https://example.com/index"\n'
            f'checksum = "{random.getrandbits(160):040x}"\n{depends}'
        )
    return "# Made by a tool.\nversion = 3\n\n" + "\n".join(packages)
