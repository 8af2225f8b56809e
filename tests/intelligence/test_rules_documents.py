"""The method pages print the tables that the rules use."""

import pytest
from tests.intelligence.method_tables import DOCS, TABLES, with_tables


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_method_page_prints_the_tables_as_they_stand(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert page == with_tables(page, name), f"docs/{name} is behind; run python -m tests.intelligence.method_tables"
