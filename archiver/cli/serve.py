"""`archiver serve`: Datasette with the archive's own pages."""

import click

from archiver.cli.options import Common, common, example


@click.command("serve", epilog=example("archiver serve --open", "archiver serve --archive /srv/archive --port 8080"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the front page in a browser.")
@common
def command(host: str, port: int, open_browser: bool, told: Common) -> None:
    """Browse the archive: Datasette with the archive's own pages.

    The front page is for reading; the tables and views behind it remain, as the data room. Stop with Ctrl-C.
    """
    from archiver.jobs.folder import must_be_archive
    from archiver.web.serve import serve

    must_be_archive(told.archive)
    serve(told.archive, host=host, port=port, open_browser=open_browser, quiet=told.quiet)
