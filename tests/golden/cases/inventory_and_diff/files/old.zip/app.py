import demo


def main(event, context):
    return demo.run(event)
