"""A child process that records personal data, erases it, and prints in which files of the node its bytes were found.

    python -m tests.faults.erasing [insecure]

`insecure` is the failing control: freed pages and the write-ahead log are left as they are.
"""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.runtime.settings"
    import django

    django.setup()
    from django.db import connection, transaction
    from tests.platform.given import Visitor, draft, record

    from legation.foundations.identity import Ref
    from legation.platform.ledger import erasure
    from legation.platform.ledger.models import PartKey, SealedPart
    from legation.platform.secrets import node, places

    node.hold(node.unlock(places.home(), places.keys_folder()))
    insecure = sys.argv[1:] == ["insecure"]
    if insecure:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=OFF")
        erasure._overwrite_journal = lambda: None
    ana = Ref("Person", "ana")
    for number in range(1, 60):  # among others, so that pages are shared
        others = {Ref("Person", f"p{number}"): Visitor(f"Person {number}", f"P-{number}")}
        record(draft(number, personal=others | ({ana: Visitor("Ana", "CANARY")} if number % 10 == 0 else {})))
    parts = list(SealedPart.objects.filter(type=ana.type, key=ana.id))
    wrapped = PartKey.objects.filter(pk__in=[part.pk for part in parts])
    secrets = [bytes(part.sealed) for part in parts] + [bytes(key.wrapped) for key in wrapped]
    before = found(secrets)
    with transaction.atomic():
        erasure.erase(ana)
    print(json.dumps({"parts": len(parts), "before": before, "after": found(secrets)}))


def found(secrets: list[bytes]) -> dict[str, int]:
    """File -> how many of these byte strings stand in it."""
    from legation.platform.secrets import places

    files = [path for path in Path(places.home()).rglob("*") if path.is_file()]
    counts = {path.name: sum(secret in path.read_bytes() for secret in secrets) for path in files}
    return {name: count for name, count in counts.items() if count}


if __name__ == "__main__":
    main()
