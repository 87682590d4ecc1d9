"""A card house that stands in for Stripe: its API over real HTTP, its payment page, its signed messages.

For the demo and the tests, and for nothing else: it moves no money. It knows the calls that the product makes, and
holds each to the SDK's own types, so that a parameter that Stripe would refuse is refused here too.
"""
