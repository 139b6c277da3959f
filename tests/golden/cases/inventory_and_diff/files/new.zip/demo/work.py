def run(event):
    return dict(event)
