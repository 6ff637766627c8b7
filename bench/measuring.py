"""CPU time of the serving process, memory, and time until it answers."""

import statistics
import threading
import time

import psutil

ROUNDS = 5


def worker_of(site):
    """The process that answers; the site was started with one."""
    [worker] = psutil.Process(site.process.pid).children()
    return worker


def cpu_ms(worker, action, times):
    """CPU of the serving process for one call of `action`, in ms: the median of some rounds."""
    for _ in range(3):
        action()
    rounds = []
    for _ in range(ROUNDS):
        before = _used(worker)
        for _ in range(times):
            action()
        rounds.append((_used(worker) - before) * 1000 / times)
    return statistics.median(rounds)


def _used(process):
    times = process.cpu_times()
    return times.user + times.system


def seconds(action, times=5):
    """Wall time of one call: the median."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def p95_ms(make_action, clients, each):
    """The 95th percentile of one call's wall time with so many clients at once, in ms; raises what a client met."""
    taken, faults = [], []

    def run(number):
        try:
            action = make_action(number)
            for _ in range(each):
                start = time.perf_counter()
                action()
                taken.append((time.perf_counter() - start) * 1000)
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return statistics.quantiles(taken, n=20)[18]
