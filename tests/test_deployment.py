"""The deployment files: Kubernetes' schemas, a parser of Compose files and systemd take them, they fit each other, and
the bot takes what they set."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from compose_spec import PyCompose

from bot import settings
from bot.__main__ import main
from tests.conftest import ROOT

Json = dict[str, Any]

KUBERNETES = ROOT / "manifests" / "kubernetes"
VERSIONS = ("1.28", "1.37")
"""The oldest and the newest that the manifests are checked for."""

UNIT = (ROOT / "manifests" / "systemd" / "briefbot@.service").read_text(encoding="utf-8")
COMPOSE: Json = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def documents() -> Iterator[Json]:
    for path in sorted(KUBERNETES.glob("*.yaml")):
        if path.name != "kustomization.yaml":
            yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


DOCUMENTS = {f"{each['kind']} {each['metadata']['name']}": each for each in documents()}
WORKLOADS = [each for each in DOCUMENTS.values() if each["kind"] in ("Deployment", "StatefulSet")]
BOTS = [each for each in WORKLOADS if each["kind"] == "Deployment"]


def name_of(document: Json) -> str:
    return str(document["metadata"]["name"])


def pod(workload: Json) -> Json:
    spec: Json = workload["spec"]["template"]["spec"]
    return spec


def container(workload: Json) -> Json:
    (found,) = pod(workload)["containers"]
    return dict(found)


# Kubernetes


@pytest.mark.parametrize("version", VERSIONS)
def test_kubernetes_takes_every_manifest(version: str) -> None:
    for document in DOCUMENTS.values():
        kubernetes_validate.validate(document, version, strict=True)


def test_what_kubernetes_does_not_know_is_refused() -> None:
    wrong = {**DOCUMENTS["Deployment briefbot-web"], "replica": 2}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


def test_every_manifest_is_applied_but_the_secrets() -> None:
    given = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))
    names = {path.name for path in KUBERNETES.glob("*.yaml")}
    assert set(given["resources"]) == names - {"kustomization.yaml", "secret.example.yaml"}
    images = {container(each)["image"] for each in BOTS}
    assert {each["name"] for each in given["images"]} == images


@pytest.mark.parametrize("workload", BOTS, ids=name_of)
def test_the_bot_takes_what_its_pods_are_given(workload: Json, capsys: pytest.CaptureFixture[str]) -> None:
    config, secret = DOCUMENTS["ConfigMap briefbot"]["data"], DOCUMENTS["Secret briefbot"]["stringData"]
    sources = [name for each in container(workload)["envFrom"] for name in each.values()]
    assert sources == [{"name": "briefbot"}, {"name": "briefbot"}]
    role = command_of(container(workload)["args"], capsys)
    known = {str(each.validation_alias) for model in MODELS for each in model.model_fields.values()}
    assert {*config, *secret} <= known
    assert settings.read(config | secret).database_url.startswith("postgresql://")
    slack = settings.read_slack(config | secret, role)
    assert (slack.role, slack.port) == (role, container(workload)["ports"][0]["containerPort"])


MODELS = (settings.Settings, settings.SlackSettings)


def command_of(command: list[str], capsys: pytest.CaptureFixture[str]) -> Any:
    """The role that a command line runs. Its parser takes the words, with --help at their end."""
    assert command[:3] == ["python", "-m", "bot"]
    with pytest.raises(SystemExit) as end:
        main([*command[3:], "--help"])
    assert (end.value.code, capsys.readouterr().err) == (0, "")
    return command[command.index("--role") + 1] if "--role" in command else "all"


@pytest.mark.parametrize("workload", WORKLOADS, ids=name_of)
def test_pods_are_restricted(workload: Json) -> None:
    """As the namespace demands. Source: kubernetes.io, pod security standards, restricted."""
    assert DOCUMENTS["Namespace briefbot"]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    spec, inside = pod(workload), container(workload)
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert inside["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert spec["automountServiceAccountToken"] is False
    # A service is named like the prefix of our settings: its links would be taken for some.
    assert spec["enableServiceLinks"] is False
    assert inside["resources"]["requests"].keys() == {"cpu", "memory"}


def test_pods_run_as_the_user_of_the_image() -> None:
    user = re.search(r"^USER (\d+):(\d+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert user is not None
    for workload in BOTS:
        context = pod(workload)["securityContext"]
        assert (context["runAsUser"], context["runAsGroup"]) == (int(user[1]), int(user[2]))


def test_names_and_labels_fit_each_other() -> None:
    labels = {name_of(each): each["spec"]["template"]["metadata"]["labels"] for each in WORKLOADS}
    ports = {port["name"] for each in WORKLOADS for port in container(each)["ports"]}
    for document in DOCUMENTS.values():
        spec, name = document.get("spec", {}), name_of(document)
        match document["kind"]:
            case "Deployment" | "StatefulSet" | "PodDisruptionBudget":
                assert spec["selector"]["matchLabels"] == labels[name]
            case "Service":
                assert spec["selector"] == labels[name]
                assert {port["targetPort"] for port in spec["ports"]} <= ports
            case "NetworkPolicy":
                assert (
                    spec["podSelector"]["matchLabels"].items()
                    <= labels[f"{name}-web" if name == "briefbot" else name].items()
                )
                assert {*named_ports(spec)} <= ports
    host = settings.read(DOCUMENTS["Secret briefbot"]["stringData"]).database_url.partition("@")[2]
    assert host == "postgres/briefbot"
    assert "Service postgres" in DOCUMENTS


def named_ports(policy: Json) -> Iterator[str]:
    for rule in [*policy.get("ingress", []), *policy.get("egress", [])]:
        yield from (port["port"] for port in rule["ports"] if isinstance(port["port"], str))


def test_a_pod_is_ready_and_alive_by_what_the_bot_says_of_itself() -> None:
    for workload in BOTS:
        inside = container(workload)
        paths = {kind: inside[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")}
        assert paths == {"startup": "/healthz", "liveness": "/healthz", "readiness": "/readyz"}
        assert (
            workload["spec"]["replicas"] > DOCUMENTS[f"PodDisruptionBudget {name_of(workload)}"]["spec"]["minAvailable"]
        )
        startup = inside["startupProbe"]
        assert startup["periodSeconds"] * startup["failureThreshold"] > settings.START_WAIT.total_seconds()


# Compose


def test_compose_runs_the_image_and_waits_for_its_database(capsys: pytest.CaptureFixture[str]) -> None:
    bot, postgres = COMPOSE["services"]["bot"], COMPOSE["services"]["postgres"]
    assert ((ROOT / bot["build"] / "Dockerfile").is_file(), command_of(bot["command"], capsys)) == (True, "all")
    assert bot["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert postgres["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    assert {each["restart"] for each in COMPOSE["services"].values()} == {"unless-stopped"}
    assert COMPOSE["volumes"].keys() == {each.partition(":")[0] for each in postgres["volumes"]}
    given = {name: value for name, value in bot["environment"].items() if name.startswith("BRIEFBOT_")}
    assert settings.read(given).database_url == "postgresql://briefbot@postgres/briefbot"
    settings.read_slack(TOKENS | given)


def test_compose_publishes_nothing_and_holds_no_secret() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert not any("ports" in each for each in COMPOSE["services"].values())
    assert set(re.findall(r'# ports: \["([\d.]+):', text)) == {"127.0.0.1"}
    for line in re.findall(r".*PASSWORD: .*", text):
        assert re.search(r"\$\{POSTGRES_PASSWORD:\?[^}]+\}$", line)
    bot = COMPOSE["services"]["bot"]
    assert (bot["read_only"], bot["cap_drop"]) == (True, ["ALL"])


def test_compose_takes_its_file_and_no_key_that_it_does_not_know() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert PyCompose.from_yaml(text).service_names() == ["bot", "postgres"]
    with pytest.raises(ValueError, match="restarts"):
        PyCompose.from_yaml(text.replace("restart:", "restarts:"))


# systemd


def unit_values(name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", UNIT, re.MULTILINE)


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    if (program := shutil.which("systemd-analyze")) is None:
        pytest.skip("no systemd here")
    # It wants the program to be there.
    path = tmp_path / "briefbot@.service"
    path.write_text(UNIT.replace(unit_values("ExecStart")[0].split()[0], "/bin/true"), encoding="utf-8")
    command = [program, "verify", "--man=no", "--recursive-errors=no", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_systemd_starts_a_role_anew_but_not_with_wrong_settings(capsys: pytest.CaptureFixture[str]) -> None:
    program, *words = unit_values("ExecStart")[0].replace("%i", "worker").split()
    assert (Path(program).name, command_of(["python", "-m", "bot", *words], capsys)) == ("briefbot", "worker")
    assert (unit_values("Restart"), unit_values("RestartPreventExitStatus")) == (["on-failure"], ["2"])
    assert unit_values("ProtectSystem") == ["strict"]
    assert unit_values("User") == ["briefbot"]
