"""The files for four CI systems: what they run, in which shell, and where they look for reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from tests.paths import ROOT

CI = ROOT / "examples" / "ci"


@dataclass(frozen=True)
class Job:
    """The script steps of a CI file; `always` run also after one that failed."""

    shell: tuple[str, ...]
    steps: tuple[str, ...]
    always: tuple[str, ...]
    variables: dict[str, str]
    reports: tuple[str, ...]


def document(name: str) -> Any:
    """A YAML file as CI systems read it."""
    return yaml.safe_load((CI / name).read_text(encoding="utf-8"))


def jenkinsfile() -> str:
    """The Jenkinsfile without its comments."""
    return re.sub(r"^\s*//.*\n", "", (CI / "Jenkinsfile").read_text(encoding="utf-8"), flags=re.M)


def github() -> Job:
    """GitHub runs each step with `bash -e`."""
    file = document("github-actions.yml")
    steps = file["jobs"]["ikeur"]["steps"]
    runs = [step for step in steps if "run" in step]
    upload = next(step for step in steps if step.get("uses", "").startswith("actions/upload-"))
    return Job(
        ("bash", "-e"),
        tuple(step["run"] for step in runs if "if" not in step),
        tuple(step["run"] for step in runs if step.get("if") == "always()"),
        file["env"],
        (upload["with"]["path"],),
    )


def gitlab() -> Job:
    """GitLab joins the lines of a script in one shell that stops at the first that fails."""
    job = document("gitlab-ci.yml")["ikeur"]
    kept = job["artifacts"]
    return Job(
        ("bash", "-eo", "pipefail"),
        ("\n".join(job["script"]),),
        (),
        job["variables"],
        (*kept["paths"], kept["reports"]["junit"]),
    )


def azure() -> Job:
    """Azure runs each `bash` step as a script."""
    file = document("azure-pipelines.yml")
    steps = file["jobs"][0]["steps"]
    tests = next(step for step in steps if step.get("task") == "PublishTestResults@2")
    publish = next(step for step in steps if "publish" in step)
    return Job(
        ("bash",),
        tuple(step["bash"] for step in steps if "bash" in step),
        (),
        file["variables"],
        (tests["inputs"]["testResultsFiles"], publish["publish"]),
    )


def jenkins() -> Job:
    """Jenkins runs each `sh` step with `sh -xe`."""
    text = jenkinsfile()
    found = re.findall(r"(?:testResults|artifacts): '([^']+)'", text)
    return Job(
        ("sh", "-xe"),
        tuple(re.findall(r"\bsh '([^']+)'", text)),
        (),
        dict(re.findall(r"^\s*(IKEUR_\w+) = '([^']+)'$", text, re.M)),
        tuple(path.removesuffix("/**") for path in found),
    )


JOBS = {"github": github, "gitlab": gitlab, "azure": azure, "jenkins": jenkins}
