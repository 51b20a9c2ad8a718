#!/usr/bin/env python3
"""Compares the verdicts of `cargo codegen diff` with those of cargo-semver-checks on what is generated.

    tests/semver/compare.py fixture                      each change of codegen/tests/fixtures/diff
    tests/semver/compare.py OLD NEW SERVICE[:Operation,…] …   services of two botocore wheels or data folders

Both crates of a pair are generated, documented as JSON (with `RUSTC_BOOTSTRAP=1`, as that is what makes stable rustdoc write it) and
handed to cargo-semver-checks, whose binary `CARGO_SEMVER_CHECKS` names where it is not on the path. It sees the Rust interface alone,
and takes additions to be fit for a patch: what it calls major or minor must be no less for us, and what is major for us must be for
it, but for types of fields and parameters, which it does not look at. One line for each pair, and a closing one; the exit status says
whether all agree.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "codegen/tests/fixtures/diff"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
CHECKS = os.environ.get("CARGO_SEMVER_CHECKS", "cargo-semver-checks")
RANK = {None: 0, "patch": 1, "minor": 2, "major": 3}

# What cargo-semver-checks does not look at: types, and the order of parameters. What else of ours is major, it must see.
UNSEEN = {"member retyped", "case retyped", "constructor reordered", "nested deeper"}


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def myrina(root, *arguments):
    return run(TARGET / "debug/myrina", "--root", root, *arguments)


def workspace(folder, service, operations):
    folder.mkdir(parents=True)
    wanted = f"operations = {json.dumps(operations)}\n" if operations else ""
    runtime = os.path.relpath(ROOT / "runtime", folder)
    text = f'[crate]\nruntime = {{ path = "{runtime}" }}\n\n[[service]]\nname = "{service}"\n{wanted}'
    (folder / "myrina.toml").write_text(text)


def documented(folder, service, into):
    """Generates the crate and gives its interface as JSON."""
    myrina(folder)
    crate = folder / "generated" / service
    with (crate / "Cargo.toml").open("a") as manifest:
        manifest.write("\n[workspace]\n")
    shutil.copy(ROOT / "Cargo.lock", crate)
    environment = os.environ | {"RUSTC_BOOTSTRAP": "1", "CARGO_TARGET_DIR": str(TARGET / "semver")}
    flags = ["-Zunstable-options", "--output-format", "json", "--document-hidden-items"]
    run("cargo", "rustdoc", "--offline", "--quiet", "--lib", "--", *flags, cwd=crate, env=environment)
    name = f"myrina_{service.replace('-', '_')}.json"
    shutil.copy(TARGET / "semver/doc" / name, into)


def judged(old, new):
    """The verdict of cargo-semver-checks, and the names of the rules that it rests on."""
    found, rules = None, []
    for release in ["patch", "minor"]:
        command = [CHECKS, "semver-checks", "--baseline-rustdoc", old, "--current-rustdoc", new, "--release-type", release]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd="/")
        told = re.findall(r"^--- failure (\S+):", done.stdout, re.MULTILINE)
        if done.returncode and not told:
            raise SystemExit(done.stdout + done.stderr)
        if told:
            found, rules = {"patch": "minor", "minor": "major"}[release], told
    return found, sorted(set(rules))


def compare(name, service, scratch, old_from, new_from, operations=None):
    """Compares one pair; whether both agree."""
    sides = {}
    for side, source in [("old", old_from), ("new", new_from)]:
        folder = scratch / side
        workspace(folder, service, operations)
        if (source / "service-2.json").is_file():
            shutil.copytree(source, folder / "models" / service / "2020-01-01")
        else:
            myrina(folder, "import", service, "--from", source)
        sides[side] = scratch / f"{side}.json"
        documented(folder, service, sides[side])
    told = json.loads(myrina(scratch / "new", "diff", scratch / "old/models", scratch / "new/models", "--format", "json"))
    ours, changes = told["verdict"], [change for one in told["services"] for change in one["changes"]]
    theirs, rules = judged(sides["old"], sides["new"])
    major = {change["change"] for change in changes if change["verdict"] == "major"}
    # What we call less than they do is wrong, and what they must see and do not, too.
    agree = RANK[theirs] <= RANK[ours] and (theirs == "major" or not major - UNSEEN)
    note = "" if agree else "  DIFFER"
    unseen = " (not visible to it)" if ours == "major" and theirs != "major" and agree else ""
    print(f"{name}: ours {ours}, theirs {theirs or 'none'} {' '.join(rules)}{unseen}{note}", flush=True)
    return agree


def fixture(scratch):
    library = {path.name: path.read_text() for path in (FIXTURE / "library").iterdir()}
    cases = tomllib.loads((FIXTURE / "changes.toml").read_text())
    results = []
    for number, (name, case) in enumerate(cases.items()):
        folder = scratch / str(number)
        for side in ["old", "new"]:
            (folder / f"{side}-model").mkdir(parents=True)
            for file, text in library.items():
                for before, after in case.get(side, []):
                    text = text.replace(before, after)
                (folder / f"{side}-model" / file).write_text(text)
        results.append(compare(name, "library", folder, folder / "old-model", folder / "new-model"))
    return results


def main():
    run("cargo", "build", "--offline", "--quiet", "-p", "myrina-codegen", cwd=ROOT, env=os.environ | {"CARGO_TARGET_DIR": str(TARGET)})
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        if sys.argv[1:] == ["fixture"]:
            results = fixture(scratch)
        elif len(sys.argv) > 3:
            old, new = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
            results = []
            for service in sys.argv[3:]:
                service, _, operations = service.partition(":")
                operations = operations.split(",") if operations else None
                results.append(compare(service, service, scratch / service, old, new, operations))
        else:
            raise SystemExit(__doc__)
    print(f"{sum(results)} agree, {results.count(False)} differ")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
