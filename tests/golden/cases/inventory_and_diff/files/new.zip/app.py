import demo
import shared


def main(event, context):
    return demo.run(shared.check(event))
