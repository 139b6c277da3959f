# copies
