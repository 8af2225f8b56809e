"""How is the web process started? uvicorn on one address; open live lines do not hold up its end."""

import uvicorn

GOODBYE_S = 2  # how long running requests may finish after the signal; acts take 50 ms


def serve(host: str, port: int) -> None:
    """Serve pages, API and live feed until a signal ends it."""
    uvicorn.run(
        "legation.runtime.asgi:application",
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_S,
        lifespan="on",
    )
