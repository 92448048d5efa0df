"""Pure values and ports of the desk: cases, plans, options, exposures, money and errors; imports nothing of ours."""
