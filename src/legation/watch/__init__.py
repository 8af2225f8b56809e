"""The watch floor: who must act now, and who has it in hand."""
