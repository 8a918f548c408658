"""The only door to the network: whole answers, byte for byte, from public addresses, asked for politely."""

from archiver.fetch.client import Fetcher
from archiver.fetch.pages import judge_page
from archiver.fetch.results import Exchange, FetchOptions, FetchResult, user_agent

__all__ = ["Exchange", "FetchOptions", "FetchResult", "Fetcher", "judge_page", "user_agent"]
