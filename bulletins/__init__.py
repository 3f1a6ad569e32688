"""通报: compiling the figures of a period, and showing them as page, workbook and paper."""
