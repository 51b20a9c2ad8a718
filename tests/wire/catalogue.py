"""Compares every service of botocore's catalogue, as compare.py does one: requests, and then responses.

    python tests/wire/catalogue.py FOLDER [NAME …] [--count 6] [--runner target/debug/conformance]

Each service's report is a file in FOLDER, and a service that has one is skipped: a run that was stopped goes on where it was,
and a report that is removed is made anew. The services named come first; with --only, no others come. What was compiled of a
service is removed after it, unless --keep says otherwise. At the end, and at any time with --count 0, a table of all reports
is printed, and of the differences in them.
"""

import argparse
import collections
import contextlib
import io
import pathlib
import re
import shutil
import subprocess
import sys

import botocore.loaders

import compare

CLOSING = re.compile(r"^(\S+): (\d+) of (\d+) (inputs|responses) of \d+ operations agree$", re.MULTILINE)
DIFFERENCE = re.compile(r"^(\S.*): (\d+) of \d+ operations$", re.MULTILINE)


def main():
    options = arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    for name in services(options) if options.count else ():
        report = options.folder / f"{name}.txt"
        if not report.exists():
            draft = report.with_suffix(".part")
            draft.write_text(compared(options, name))
            draft.rename(report)
            remove(options, name)
    return summary(options.folder)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("first", nargs="*", metavar="NAME")
    parser.add_argument("--only", action="store_true", help="compare the named services alone")
    parser.add_argument("--count", type=int, default=6, help="inputs or outputs of each operation")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--runner", help="the compiled runner, instead of one that cargo compiles")
    parser.add_argument("--keep", action="store_true", help="leave what was compiled")
    return parser.parse_args()


def services(options):
    others = [] if options.only else botocore.loaders.Loader().list_available_services("service-2")
    return dict.fromkeys([*options.first, *others])


def compared(options, name):
    """The reports of both directions, or why there are none."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        for way in ([], ["--responses"]):
            asked = ["--service", name, "--count", str(options.count), "--seed", options.seed, *way]
            asked += ["--runner", options.runner] if options.runner else []
            try:
                compare.report(compare.arguments(asked))
            except (subprocess.CalledProcessError, ValueError) as error:
                print(f"not compared: {error}")
    text = out.getvalue()
    found = [f"{same} of {total} {what}" for _, same, total, what in CLOSING.findall(text)]
    print(f"{name}: {', '.join(found) or 'not compared'}", flush=True)
    return text


def remove(options, name):
    """The sources and the program of a service, which take some 50 MB."""
    made = compare.ROOT / "target" / "conformance"
    if options.keep:
        return
    shutil.rmtree(made / "wire" / name, ignore_errors=True)
    crate = f"conformance-wire-{name}"
    library = crate.replace("-", "_")
    # What is after the last dash is a hash, and not the rest of another service's name.
    compiled = [f"{folder}-{'[0-9a-f]' * 16}*" for folder in (f"deps/{library}", f"deps/lib{library}", f".fingerprint/{crate}")]
    for pattern in (crate, f"{crate}.d", f"lib{library}.*", *compiled):
        for path in (made / "build" / "debug").glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def summary(folder):
    """The table of all reports: what agrees, and which kinds of difference there are in how many services."""
    totals, kinds, broken = collections.Counter(), collections.defaultdict(list), []
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text()
        closings = CLOSING.findall(text)
        for _, same, total, what in closings:
            totals[what, "same"] += int(same)
            totals[what, "all"] += int(total)
        if len(closings) < 2:
            broken.append(path.stem)
        for kind, count in DIFFERENCE.findall(text):
            kinds[kind].append(f"{path.stem} {count}")
    for kind, found in sorted(kinds.items()):
        print(f"{kind}: {', '.join(found)}")
    print(f"not compared: {', '.join(broken) or 'none'}")
    for what in ("inputs", "responses"):
        print(f"{totals[what, 'same']} of {totals[what, 'all']} {what} agree")
    return 1 if kinds or broken else 0


if __name__ == "__main__":
    sys.exit(main())
