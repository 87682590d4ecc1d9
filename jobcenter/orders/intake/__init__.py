"""An order on its way: draft, e-mail confirmation, questions, price, terms, acceptance."""
