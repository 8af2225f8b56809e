"""How much risk does the work justify? Programme criticality PC1–PC4 and the highest band each may stand under.

Source: four levels of programme criticality as in the UN Programme Criticality Framework (CEB/2016/HLCM/23); its
table of bands was not read, so the table below is the house's own: one band less for each level less critical.
"""

from enum import IntEnum

from legation.risk.rules.matrix import Band


class ProgrammeCriticality(IntEnum):
    """PC1 saves lives or is ordered by the head of state or government; PC4 can wait."""

    PC1 = 1
    PC2 = 2
    PC3 = 3
    PC4 = 4


JUSTIFIES: dict[ProgrammeCriticality, Band] = {
    ProgrammeCriticality.PC1: Band.VERY_HIGH,
    ProgrammeCriticality.PC2: Band.HIGH,
    ProgrammeCriticality.PC3: Band.MEDIUM,
    ProgrammeCriticality.PC4: Band.LOW,
}
"""No work justifies an unacceptable risk."""


def justifies(programme: ProgrammeCriticality, band: Band) -> bool:
    """Does work this critical justify a risk in this band?"""
    return band <= JUSTIFIES[programme]
