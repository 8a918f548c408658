"""`archiver serve`: Datasette with the archive's own pages."""

import re

import click

from archiver.cli.options import Common, common, example


def _path(_: click.Context, __: click.Parameter, value: str) -> str:
    """``archive`` and ``/archive`` mean ``/archive/``."""
    inner = value.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]{0,200}", inner) or ".." in inner:
        raise click.BadParameter("give a path such as /archive/")
    return f"/{inner}/" if inner else "/"


@click.command("serve", epilog=example("archiver serve --open", "archiver serve --archive /srv/archive --port 8080"))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one.")
@click.option("--public", is_flag=True, help="A proxy on this machine lets others in: no SQL, no download, any name.")
@click.option(
    "--base-url", default="/", show_default=True, callback=_path, help="The path at which the proxy serves it."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the front page in a browser.")
@common
def command(host: str, port: int, public: bool, base_url: str, open_browser: bool, told: Common) -> None:
    """Browse the archive: Datasette with the archive's own pages.

    The front page is for reading; the tables and views behind it remain, as the data room. Only this machine can
    open it, unless --host or --public lets others in: then SQL and downloading the database are off. Stop with Ctrl-C.
    """
    from archiver.jobs.folder import must_be_archive
    from archiver.web.serve import serve

    must_be_archive(told.archive)
    serve(
        told.archive,
        host=host,
        port=port,
        public=public,
        base_url=base_url,
        open_browser=open_browser,
        quiet=told.quiet,
    )
