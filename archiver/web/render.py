"""Templates with everything escaped; a name that a page does not give is an error, not an empty place."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from archiver.canonical import sha256_hex
from archiver.web import article, highlight, links, words


@cache
def environment() -> Environment:
    """The templates of this package, always escaping."""
    env = Environment(
        loader=PackageLoader("archiver.web", "templates/archiver"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        shown=highlight.shown,
        clipped=highlight.clipped,
        advice=highlight.advice,
        plain=highlight.plain,
        lines=highlight.lines,
        date=words.date_words,
        short_date=words.short_date,
        clock=words.clock_words,
        label=words.label_of,
        family=words.family_of,
        tag=words.language_tag,
        outward=links.outward,
        host=links.host_words,
        size=words.size_words,
        many=words.many,
    )
    env.globals.update(
        MEANT=words.MEANT_SHORT,
        CAME_FROM=words.CAME_FROM,
        GRADES=words.GRADES,
        OUTCOMES=words.OUTCOMES,
        SEVERITIES=words.SEVERITIES,
        place=words.place_words,
        origin_name=article.origin_name,
    )
    return env


@cache
def version_of(name: str) -> str:
    """A few digits of a static file's digest, so that a browser asks again when it changed."""
    return sha256_hex(files("archiver.web").joinpath("static", name).read_bytes())[:12]


def render(template: str, context: dict[str, Any]) -> str:
    """One page as HTML."""
    return environment().get_template(template).render(context)
