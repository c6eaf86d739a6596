"""The words that stand for numbers, factors and currencies, in one place for all that reads a chart's texts."""

# "thousand" to "trillion" with the short forms that labels use.
FACTOR_WORDS = {
    "thousand": 1e3,
    "thsd": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "trn": 1e12,
}
# Single letters count only behind a number or beside a currency: elsewhere "K" may be kelvin and "B" a plan.
FACTOR_LETTERS = {"k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "B": 1e9, "b": 1e9, "G": 1e9, "T": 1e12}

COUNT_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

FRACTION_WORDS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}

# Code -> pattern of the words and signs that name the currency.
CURRENCIES = {
    "KZT": r"KZT|tenge|₸",
    "USD": r"USD|US\$|\$|(?:US )?dollars?",
    "EUR": r"EUR|€|euros?",
    "RUB": r"RUB|₽|roubles?|rubles?",
    "GBP": r"GBP|£|pounds?",
}
