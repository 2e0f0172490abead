-- Larger texts lie in tables of H2's own, whose upkeep costs more than the rows.
SET MAX_LENGTH_INPLACE_LOB 16384;
