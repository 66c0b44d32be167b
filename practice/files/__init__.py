"""What can be taken along and brought back: tables for a spreadsheet, and worksheets."""
