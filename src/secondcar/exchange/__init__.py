"""nbgrader's exchange over HTTP, for a hub whose users share no disk. Any nbgrader course can use it.

==========  =================================================================================
`service`   the program that runs once a hub: who may do what, over HTTP
`store`     the folder it keeps, laid out as nbgrader's own exchange is, and never half written
`archive`   a folder as one file without compression, and its safe way back
`client`    one method for each request to the service
`plugin`    nbgrader's eight exchange classes, working through the client
`panel`     JupyterLab's Assignment List, with the sentences of the service
==========  =================================================================================

In the nbgrader_config.py of the teachers and of the learners::

    from secondcar.exchange import use_service

    use_service(get_config())

hub/exchange/README.md says how to run the service, what it promises, and why it is built in this way.
"""

from traitlets.config import Config

PLUGIN = "secondcar.exchange.plugin"
KINDS = {
    "exchange": "Exchange",
    "fetch_assignment": "ExchangeFetchAssignment",
    "fetch_feedback": "ExchangeFetchFeedback",
    "list": "ExchangeList",
    "release_assignment": "ExchangeReleaseAssignment",
    "release_feedback": "ExchangeReleaseFeedback",
    "submit": "ExchangeSubmit",
    "collect": "ExchangeCollect",
}


def use_service(config: Config, url: str | None = None) -> None:
    """Make nbgrader hand out and collect through the service.

    Args:
        config: what nbgrader's ``get_config()`` returns.
        url: the service's address; by default the environment variable EXCHANGE_URL.

    >>> config = Config()
    >>> use_service(config, "http://127.0.0.1:10101/services/exchange/")
    >>> config.ExchangeFactory.submit
    'secondcar.exchange.plugin.ExchangeSubmit'
    """
    for kind, name in KINDS.items():
        config.ExchangeFactory[kind] = f"{PLUGIN}.{name}"
    if url is not None:
        config.Exchange.url = url
