# SPDX-License-Identifier: Apache-2.0
"""Takes an order, has the stock service reserve its goods, and queues it for shipping.

Handler: app.handler, behind an API Gateway HTTP API. Environment: STOCK_URL, ORDER_QUEUE_URL, SIGNING_KEY_SECRET.
"""

import json
import os
import time
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

import boto3
import jinja2
import jwt
import requests

CENT = Decimal("0.01")
TAX_RATES = {"CHF": Decimal("0.081"), "EUR": Decimal("0.19"), "GBP": Decimal("0.20")}
MAX_LINES = 200

CONFIRMATION = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
    "Order {{ order.id }}: {{ order.lines | length }} lines, {{ order.total }} {{ order.currency }} in all."
)


class InvalidOrder(ValueError):
    """The caller sent something that is not an order."""


@dataclass(frozen=True)
class Line:
    sku: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True)
class Order:
    id: str
    currency: str
    lines: tuple[Line, ...]

    @property
    def net(self) -> Decimal:
        return sum((line.quantity * line.unit_price for line in self.lines), Decimal(0))

    @property
    def tax(self) -> Decimal:
        return (self.net * TAX_RATES[self.currency]).quantize(CENT)

    @property
    def total(self) -> Decimal:
        return self.net + self.tax

    @property
    def quantities(self) -> Counter[str]:
        """How many of each article; several lines may name the same one."""
        counted: Counter[str] = Counter()
        for line in self.lines:
            counted[line.sku] += line.quantity
        return counted


def read_line(raw: dict) -> Line:
    quantity = raw["quantity"]
    if type(quantity) is not int or not 1 <= quantity <= 1000:
        raise InvalidOrder("quantity is not a whole number from 1 to 1000")
    unit_price = Decimal(raw["unit_price"])
    if not unit_price.is_finite() or unit_price < 0 or unit_price != unit_price.quantize(CENT):
        raise InvalidOrder("unit_price is not an amount in whole cents")
    return Line(str(raw["sku"]), quantity, unit_price)


def read_order(body: str) -> Order:
    try:
        raw = json.loads(body)
        lines = tuple(read_line(line) for line in raw["lines"])
        order = Order(str(raw["id"]), str(raw["currency"]), lines)
    except InvalidOrder:
        raise
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise InvalidOrder("the body is not an order in JSON") from error
    if not 1 <= len(order.lines) <= MAX_LINES:
        raise InvalidOrder(f"an order has 1 to {MAX_LINES} lines")
    if order.currency not in TAX_RATES:
        raise InvalidOrder("currency is not supported")
    return order


@cache
def signing_key() -> str:
    """The private key that the stock service knows us by; read once per execution environment."""
    secrets = boto3.client("secretsmanager")
    return secrets.get_secret_value(SecretId=os.environ["SIGNING_KEY_SECRET"])["SecretString"]


def reserve(order: Order) -> str:
    """Reserves the goods and gives back the number of the reservation."""
    now = int(time.time())
    token = jwt.encode({"iss": "order-intake", "iat": now, "exp": now + 60}, signing_key(), algorithm="ES256")
    response = requests.post(
        os.environ["STOCK_URL"] + "/reservations",
        json={"order": order.id, "items": order.quantities},
        headers={"Authorization": f"Bearer {token}"},
        timeout=(2, 5),
    )
    response.raise_for_status()
    return response.json()["reservation"]


def queue(order: Order, reservation: str) -> None:
    message = {
        "order": order.id,
        "reservation": reservation,
        "net": str(order.net),
        "tax": str(order.tax),
        "total": str(order.total),
        "confirmation": CONFIRMATION.render(order=order),
    }
    boto3.client("sqs").send_message(QueueUrl=os.environ["ORDER_QUEUE_URL"], MessageBody=json.dumps(message))


def handler(event: dict, _context: object) -> dict:
    try:
        order = read_order(event.get("body") or "")
    except InvalidOrder as error:
        return {"statusCode": 400, "body": json.dumps({"error": str(error)})}
    queue(order, reserve(order))
    return {"statusCode": 202, "body": json.dumps({"order": order.id, "total": str(order.total)})}
