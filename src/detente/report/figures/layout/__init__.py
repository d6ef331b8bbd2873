"""Where marks and labels go: axes, lanes, legends, labels that never overlap."""
