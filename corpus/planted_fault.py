# SPDX-License-Identifier: MIT
"""What a planted fault is, and where faults are planted."""

import dataclasses

ARGUMENTS = "model/argument_rules.cc"
WALK = "model/linux_walk.cc"
PREDICT = "model/predict.cc"
MACHINE = "model/machine.h"
SPACE = "model/address_space.cc"
SPACE_HEADER = "model/address_space.h"
FILE_FACTS = "model/file_facts.h"
CLAUSES = "model/document_rules.cc"
LINUX = "model/profiles/linux.cc"
HISTORY = "model/profiles/linux_history.cc"
ABIS = "model/profiles/abis.cc"
DOCUMENT_ROWS = "model/profiles/document_rows.h"
LINUX_DOCUMENTS = "model/profiles/linux_documents.cc"
OTHER_DOCUMENTS = "model/profiles/other_documents.cc"
STATES = "harness/scenario/file_states.cc"
STORES = "harness/scenario/layout_store.cc"
MAPS = "harness/scenario/layout_map.cc"
SCENARIOS = "harness/scenario/predict_scenario.cc"


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str  # says the fault in words
    file: str
    original: str
    replacement: str
    sources: tuple = ()  # of a header: those that use what is changed; else all that include it


TODAY = ".walk = WalkBehaviour{}"  # the newest profile, from which the others start


def today(field, value):
    return f".walk = WalkBehaviour{{.{field} = {value}}}"
