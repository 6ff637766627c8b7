"""Measure everything, show it as a table, and keep it in build/bench.json."""

import json
import shutil
import sys
from pathlib import Path

from bench import certificates, exports, figures, offline, studio, tokens
from tests.live import ROOT, LiveSite

MEASURED = [  # how many processes serve, and what is measured
    (1, figures.of_one_worker),
    (1, figures.of_the_wire),
    (2, figures.of_many_clients),
    (1, tokens.of_tokens),
    (1, certificates.of_certificates),
    (1, exports.of_exports),
    (2, offline.of_offline),
    (1, studio.of_studio),  # last: it fills the nation's studio
]
SEED = "import json; from bench.seed import seed; print(json.dumps(seed()))"


def main():
    folder = ROOT / "build" / "bench-site"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    site = LiveSite(folder)
    site.environment["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    print("preparing a centre of 3,000 learners ...", flush=True)
    site.manage("prepare_demo")
    seed = json.loads(site.shell(SEED))
    found = list(measure(site, seed))
    keep(found, ROOT / "build" / "bench.json")
    return 1 if any(missed(figure) for figure in found) else 0


def measure(site, seed):
    yield from shown(figures.of_starting(site))
    for workers, measured in MEASURED:
        site.environment["SALA_WORKERS"] = str(workers)
        site.start()
        try:
            yield from shown(measured(site, seed))
        finally:
            site.stop()


def missed(figure):
    return figure.goal is not None and not figure.is_met


def shown(found):
    for figure in found:
        wanted = "" if figure.goal is None else f"{'at least' if figure.at_least else 'goal'} {figure.goal:g}"
        goal = f"{wanted}  MISSED" if missed(figure) else wanted
        print(f"{figure.name:<45}{figure.value:>10.3g} {figure.unit:<8}{goal}", flush=True)
        yield figure


def keep(found, path: Path):
    path.write_text(json.dumps([figure._asdict() for figure in found], indent=1, ensure_ascii=False))
    print(f"kept in {path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
