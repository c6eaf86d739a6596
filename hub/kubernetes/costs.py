"""What a class costs on Kubernetes, for three sizes: `python hub/kubernetes/costs.py --node-hour 0.40`.

It prints the table of README.md. The prices are examples: put in those of your provider. What learners and servers
need was measured (README.md says how); the rest is arithmetic, shown in the table.
"""

import argparse
import math

from secondcar.arguments import Parser, amount, positive_number, whole_number

SIZES = (30, 300, 3_000)

# Kubernetes fills machines by what is asked for: values.yaml asks for this much memory for each learner. Measured, a
# JupyterLab server takes 128 MB, and a notebook with pandas, seaborn and 100,000 rows 117 MB more.
LEARNER_GB = 0.3
# Of the pods that a machine can have, some are Kubernetes' own: network, names, disks, logs.
SYSTEM_PODS = 10
# What the files beside this one ask for: hub, exchange, course and scheduler of grading; and a guess for the proxy.
ALWAYS_ON_GB = 0.5 + 0.1 + 1.0 + 0.25 + 0.2
# The exchange and the course; the hub's own gigabyte is left out.
COURSE_DISKS_GB = 20 + 20
# Measured: processor seconds to start a server, with the locked packages.
START_SECONDS = 2.7


def options() -> Parser:
    parser = Parser(description="Work out what a class costs on Kubernetes.")
    parser.add_argument("--node-hour", type=amount, default=0.40, help="price of one machine for an hour (0.40)")
    parser.add_argument("--node-gb", type=positive_number, default=32, help="memory of one machine, GB (32)")
    parser.add_argument("--node-cores", type=whole_number, default=8, help="processors of one machine (8)")
    parser.add_argument("--node-pods", type=whole_number, default=110, help="pods that one machine can have (110)")
    parser.add_argument("--node-disks", type=whole_number, default=25, help="disks that one machine can have (25)")
    parser.add_argument("--disk-gb-month", type=amount, default=0.10, help="price of a GB of disk for a month (0.10)")
    parser.add_argument("--address-hour", type=amount, default=0.03, help="price of the address, an hour (0.03)")
    parser.add_argument("--hours", type=positive_number, default=4, help="hours a week with everyone at work (4)")
    parser.add_argument("--weeks", type=whole_number, default=5, help="weeks that the course lasts (5)")
    return parser


def table(prices: argparse.Namespace) -> str:
    """Return a Markdown table: one column a size of class, one row a step of the arithmetic."""
    columns = [column(learners, prices) for learners in SIZES]
    rows = [[name, *(each[name] for each in columns)] for name in columns[0]]
    rows.insert(1, ["---"] + ["---:"] * len(SIZES))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def column(learners: int, prices: argparse.Namespace) -> dict[str, str]:
    usable = prices.node_gb * 0.85  # the rest is for the system and Kubernetes itself
    memory = learners * LEARNER_GB
    by_memory = math.ceil(memory / usable)
    pods = max(1, prices.node_pods - SYSTEM_PODS)
    by_pods = math.ceil(learners / pods)
    by_disks = math.ceil(learners / prices.node_disks)
    machines = max(by_memory, by_pods, by_disks)
    together = math.ceil(learners / machines)
    start = together * START_SECONDS / prices.node_cores

    hours, hour = prices.hours * prices.weeks, prices.node_hour
    working = machines * hours * hour
    days = prices.weeks * 7
    share = ALWAYS_ON_GB / usable
    always = days * 24 * (share * hour + prices.address_hour)
    disks = (learners + COURSE_DISKS_GB) * prices.disk_gb_month * days / 30
    total = working + always + disks
    return {
        "learners, all at once": f"{learners:,}",
        "memory": f"{learners:,} x {LEARNER_GB:g} GB = {memory:,.0f} GB",
        "machines by memory": f"{memory:,.0f} / {usable:.1f} → {by_memory}",
        "machines by pods": f"{learners:,} / {pods} → {by_pods}",
        "machines by disks": f"{learners:,} / {prices.node_disks} → {by_disks}",
        "all servers of a machine start in": f"{together} x {START_SECONDS} s / {prices.node_cores} = {start:.0f} s",
        "machines while the class works": f"{machines} x {hours:g} h x {hour:.2f} = {working:,.0f}",
        "a share of one machine, and the address, day and night": (
            f"{days * 24} h x ({share:.0%} x {hour:.2f} + {prices.address_hour:.2f}) = {always:,.0f}"
        ),
        "disks": (
            f"({learners:,} x 1 GB + {COURSE_DISKS_GB} GB) x {prices.disk_gb_month:.2f} x {days} / 30 = {disks:,.0f}"
        ),
        "the whole course": f"{total:,.0f}",
        "a learner": f"{total / learners:.2f}",
    }


if __name__ == "__main__":
    print(table(options().parse_args()), end="")
