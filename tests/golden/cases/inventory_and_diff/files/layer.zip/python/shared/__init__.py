def check(event):
    return event
