"""A child process that does real acts until it is stopped, and prints an entry id after each acknowledged commit.

    python -m tests.faults.writer prepare|act [count [prefix]]

LEGATION_HOME names the data folder. LEGATION_TEST_SYNCHRONOUS is the failing control: it weakens SQLite's promise after
the connection was opened as the product opens it. `act` numbers its missions on from those that are there.
"""

import os
import sys
from itertools import count, islice


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.runtime.settings"
    import django

    django.setup()
    if sys.argv[1] == "prepare":
        from legation.runtime.node import prepare

        prepare("demonstration")
        return
    from legation.platform.secrets import node, places

    node.hold(node.unlock(places.home(), places.keys_folder()))
    from django.db import connection

    weaker = os.environ.get("LEGATION_TEST_SYNCHRONOUS")
    if weaker:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA synchronous={weaker}")
    from dataclasses import replace

    from tests.given import DAMASCUS

    from legation.missions.actions import import_list
    from legation.platform.act import LAST_ENTRY
    from legation.platform.authority.actor import ServiceAccount
    from legation.platform.authority.actors import service
    from legation.platform.authority.resolve import claim_house
    from legation.platform.ledger.log import head

    local, first = service(ServiceAccount.LOCAL), head() + 1
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else None
    prefix = sys.argv[3] if len(sys.argv) > 3 else "Q"
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in islice(count(first), wanted):
        value = replace(DAMASCUS, external_id=f"{prefix}{number}", title=f"Mission {number}")
        import_list(claim_house("missions.import", local), [value], "fault test")
        sys.stdout.write(f"{LAST_ENTRY.get()} {prefix}{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
