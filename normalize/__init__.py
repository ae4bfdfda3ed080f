"""What a document says: grids and lines to facts with number, unit, period and funding source."""
