"""The files for CI systems: their shape is as each documents it, and their scripts do as they say.

The systems themselves are not here: nothing of this shows that they take the files.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.guides.ci_files import CI, JOBS, Job, document, jenkinsfile
from tests.paths import ROOT

REF = "v1"
PRACTICE = ROOT / "examples" / "practice"
ALLOWED_TO_FAIL = re.compile(
    r"\|\| *true|continue-on-error|continueOnError|allow_failure|catchError"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A product as CI checks it out, with the ikeur of this project where CI would install one."""
    (tmp_path / "ci").mkdir()
    shutil.copy(CI / "ikeur.sh", tmp_path / "ci")
    for name in ("converter.py", "ikeur.toml"):
        shutil.copy(PRACTICE / name, tmp_path)
    _install(tmp_path, f'exec "{sys.prefix}/bin/ikeur" "$@"')
    return tmp_path


def _install(checkout: Path, script: str) -> None:
    program = checkout / "ikeur-venv" / "bin" / "ikeur"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    (checkout / "ikeur-venv" / "ikeur-ref").write_text(REF)


def _ends_with(checkout: Path, code: int) -> None:
    """An ikeur that ends a run with a code, and leaves no report."""
    _install(checkout, f'[ "$1" = --version ] || exit {code}')


def _shell(checkout: Path, shell: tuple[str, ...], text: str, **env: str) -> int:
    script = checkout / "step.sh"
    script.write_text(text + "\n")
    words = [*shell, str(script)]
    return subprocess.run(
        words, cwd=checkout, env=os.environ | env, capture_output=True, timeout=120
    ).returncode


def _run(job: Job, checkout: Path, ref: str = REF) -> int:
    """What the job ends with: the code of the first step that fails, and 0 where none does."""
    env = job.variables | {
        "IKEUR_REPO": str(checkout / "nowhere"),
        "IKEUR_REF": ref,
        "GITHUB_STEP_SUMMARY": str(checkout / "summary-of-the-job.md"),
    }
    codes = [_shell(checkout, job.shell, step, **env) for step in job.steps]
    assert [_shell(checkout, job.shell, step, **env) for step in job.always] == [0] * len(
        job.always
    )
    return next((code for code in codes if code), 0)


def test_red_software_makes_the_job_red_and_leaves_its_reports(checkout: Path) -> None:
    assert _run(JOBS["jenkins"](), checkout) == 1
    suites = ET.parse(checkout / "ikeur-report" / "junit.xml").getroot()
    assert int(suites.attrib["failures"]) > 0
    for name in ("report.html", "summary.md", "results.sarif", "cases"):
        assert (checkout / "ikeur-report" / name).exists()


@pytest.mark.parametrize("system", JOBS)
def test_what_a_system_collects_is_there_also_when_the_job_is_red(
    system: str, checkout: Path
) -> None:
    # As the runs with the whole of ikeur above and below leave it.
    _install(checkout, '[ "$1" = --version ] || { mkdir "$3"; echo >"$3/junit.xml"; exit 1; }')
    job = JOBS[system]()
    assert _run(job, checkout) == 1
    assert job.reports
    assert [path for path in job.reports if not (checkout / path).exists()] == []


def test_software_that_conforms_makes_the_job_green(checkout: Path) -> None:
    converter = checkout / "converter.py"
    converter.write_text(converter.read_text().replace("LONGEST = 20", "LONGEST = 25"))
    assert _run(JOBS["github"](), checkout) == 0
    summary = (checkout / "ikeur-report" / "summary.md").read_bytes()
    assert (checkout / "summary-of-the-job.md").read_bytes() == summary


@pytest.mark.parametrize("code", [0, 2, 3])
@pytest.mark.parametrize("system", JOBS)
def test_the_job_ends_with_the_exit_code_of_ikeur(system: str, code: int, checkout: Path) -> None:
    _ends_with(checkout, code)
    assert _run(JOBS[system](), checkout) == code


@pytest.mark.parametrize("system", JOBS)
def test_a_job_that_cannot_install_ikeur_is_not_completed(system: str, checkout: Path) -> None:
    assert _run(JOBS[system](), checkout, ref="v2") == 3


def test_the_report_of_an_earlier_build_is_gone_when_this_one_makes_none(checkout: Path) -> None:
    (checkout / "ikeur-report").mkdir()
    (checkout / "ikeur-report" / "junit.xml").write_text("<testsuites/>")
    _ends_with(checkout, 3)
    assert _run(JOBS["jenkins"](), checkout) == 3
    assert not (checkout / "ikeur-report").exists()


@pytest.mark.parametrize("missing", ["IKEUR_REPO", "IKEUR_REF"])
def test_without_the_version_the_script_is_wrongly_used(missing: str, checkout: Path) -> None:
    env = {"IKEUR_REPO": "here", "IKEUR_REF": REF} | {missing: ""}
    assert _shell(checkout, ("sh",), "sh ci/ikeur.sh", **env) == 2


def test_the_script_hands_its_options_to_ikeur(checkout: Path) -> None:
    _install(checkout, 'echo "$@" >>asked')
    env = {"IKEUR_REPO": "here", "IKEUR_REF": REF}
    assert _shell(checkout, ("sh",), "sh ci/ikeur.sh --count 10", **env) == 0
    assert (checkout / "asked").read_text().splitlines()[-1] == "run --out ikeur-report --count 10"


@pytest.mark.parametrize("path", sorted(CI.iterdir()), ids=lambda path: path.name)
def test_nothing_lets_a_job_pass_that_failed(path: Path) -> None:
    assert ALLOWED_TO_FAIL.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("system", JOBS)
def test_each_system_is_told_where_ikeur_is_and_which_version(system: str) -> None:
    told = JOBS[system]().variables
    assert told == {"IKEUR_REPO": "ADDRESS-OF-THE-REPOSITORY", "IKEUR_REF": "TAG-OR-COMMIT"}


def test_the_file_for_github_has_the_keys_of_a_workflow() -> None:
    file = document("github-actions.yml")
    # YAML 1.1 reads the key `on` as true; GitHub does not.
    assert set(file) == {"name", True, "permissions", "env", "jobs"}
    assert file[True] == ["push", "pull_request"]
    job = file["jobs"]["ikeur"]
    assert set(job) == {"runs-on", "timeout-minutes", "steps"}
    for step in job["steps"]:
        assert set(step) <= {"name", "id", "if", "uses", "with", "run"}
        assert ("uses" in step) != ("run" in step)
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", action) for action in used)
    cache = next(step for step in job["steps"] if "cache" in step.get("uses", ""))
    assert cache["with"]["path"] == "ikeur-venv"
    assert "env.IKEUR_REF" in cache["with"]["key"]


def test_the_file_for_gitlab_has_the_keys_of_a_job() -> None:
    file = document("gitlab-ci.yml")
    assert set(file) == {"ikeur"}
    job = file["ikeur"]
    assert set(job) == {"image", "timeout", "variables", "cache", "script", "artifacts"}
    assert job["cache"] == {
        "key": "ikeur-$IKEUR_REF",
        "when": "always",
        "paths": ["ikeur-venv/"],
    }
    assert set(job["artifacts"]) == {"when", "expire_in", "paths", "reports"}
    assert job["artifacts"]["when"] == "always"


def test_the_file_for_azure_has_the_keys_of_a_pipeline() -> None:
    file = document("azure-pipelines.yml")
    assert set(file) == {"trigger", "pool", "variables", "jobs"}
    assert file["pool"] == {"vmImage": "ubuntu-latest"}
    [job] = file["jobs"]
    assert set(job) == {"job", "timeoutInMinutes", "steps"}
    for step in job["steps"]:
        assert len({"task", "bash", "publish"} & set(step)) == 1
        assert set(step) <= {
            "task", "bash", "publish", "inputs", "displayName", "condition", "artifact",
        }  # fmt: skip
    tasks = [step["task"] for step in job["steps"] if "task" in step]
    assert tasks == ["UsePythonVersion@0", "Cache@2", "PublishTestResults@2"]
    collected = [step for step in job["steps"] if "publish" in step or "Publish" in str(step)]
    assert [step["condition"] for step in collected] == ["always()", "always()"]


def test_the_jenkinsfile_is_a_declarative_pipeline_whose_braces_close() -> None:
    depth, sections = 0, []
    for word in re.findall(r"(?:(\w+)(?:\('[^']*'\))? )?([{}])", jenkinsfile()):
        if word[1] == "{":
            sections.append((depth, word[0]))
        depth += 1 if word[1] == "{" else -1
        assert depth >= 0
    assert depth == 0
    assert sections == [
        (0, "pipeline"),
        (1, "options"),
        (1, "environment"),
        (1, "stages"),
        (2, "stage"),
        (3, "steps"),
        (1, "post"),
        (2, "always"),
    ]
    assert re.search(r"^    agent any$", jenkinsfile(), re.M)
