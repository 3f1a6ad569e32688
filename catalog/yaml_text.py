"""YAML text to plain values, strictly and fast, and the line where a field stands.

Called by `catalog.reading`. libyaml's parser is told apart from Python's constructor: building the
values from its events takes a third of the time of `yaml.load`, and the lines of fields are looked
up only for text that turned out to be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.resolver import Resolver


class NotPlain(yaml.MarkedYAMLError):
    """A name that stands twice in one mapping, or YAML that this catalogue does not use."""


def read_yaml(text: str) -> Any:
    """The one document of ``text``; YAMLError with its mark for anything that is not plain YAML.

    A name written twice is refused, and so are anchors and tags: data are read by people. An
    impossible date stays text, for the models to name its field.
    """
    parser = yaml.CSafeLoader(text)
    try:
        parser.get_event()  # the stream
        if parser.check_event(yaml.StreamEndEvent):
            return None
        parser.get_event()  # the document
        value = _value(parser, parser.get_event())
        parser.get_event()
        if not parser.check_event(yaml.StreamEndEvent):
            raise NotPlain(None, None, "一个文件只能有一份内容", None)
        return value
    except RecursionError:
        raise NotPlain(None, None, "嵌套太深", None) from None
    finally:
        parser.dispose()


def line_of(text: str, field: str) -> int | None:
    """The line, from 1, of a field such as ``items[3].powers[0].organ``, or of what encloses it."""
    return line_in(tree_of(text), field)


def tree_of(text: str) -> yaml.Node | None:
    """The nodes of a text with their lines, for `line_in`; None where it is no YAML."""
    loader = yaml.CSafeLoader(text)
    try:
        tree: yaml.Node | None = loader.get_single_node()
        return tree
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()


def line_in(node: yaml.Node | None, field: str) -> int | None:
    """As `line_of`, of a text that has been read already."""
    line: int | None = None
    rest = field
    while node is not None and rest:
        node, found, rest = _step(node, rest)
        line = found if found is not None else line
    return line


def _step(node: yaml.Node, path: str) -> tuple[yaml.Node | None, int | None, str]:
    index = re.match(r"\[(\d+)\]\.?", path)
    if index is not None and isinstance(node, yaml.SequenceNode):
        position = int(index[1])
        if position < len(node.value):
            inner = node.value[position]
            return inner, inner.start_mark.line + 1, path[index.end() :]
    if isinstance(node, yaml.MappingNode):
        # A key may hold dots itself: the longest one that fits is meant.
        fitting = [
            (key, inner)
            for key, inner in node.value
            if path == key.value or path.startswith((f"{key.value}.", f"{key.value}["))
        ]
        if fitting:
            key, inner = max(fitting, key=lambda pair: len(pair[0].value))
            return inner, key.start_mark.line + 1, path[len(key.value) :].removeprefix(".")
    return None, None, ""


def _value(parser: Any, event: Any) -> Any:
    if getattr(event, "anchor", None) is not None:
        raise NotPlain(None, None, "请写出内容，不要用 & 和 * 引用", event.start_mark)
    kind = type(event)
    if kind is yaml.ScalarEvent:
        if event.implicit[0]:
            return _plain(event.value)
        if not event.implicit[1]:
            raise NotPlain(None, None, "不支持 ! 标签", event.start_mark)
        return event.value
    if not event.implicit:
        raise NotPlain(None, None, "不支持 ! 标签", event.start_mark)
    if kind is yaml.SequenceStartEvent:
        values = []
        while type(inner := parser.get_event()) is not yaml.SequenceEndEvent:
            values.append(_value(parser, inner))
        return values
    mapping: dict[Hashable, Any] = {}
    while type(inner := parser.get_event()) is not yaml.MappingEndEvent:
        key = _value(parser, inner)
        if not isinstance(key, Hashable):
            raise NotPlain(None, None, "名称应为文字", inner.start_mark)
        if key in mapping:
            raise NotPlain(None, None, f"“{key}”写了两次", inner.start_mark)
        mapping[key] = _value(parser, parser.get_event())
    return mapping


_CONSTRUCTOR = SafeConstructor()


@cache
def _plain(text: str) -> Any:
    """What an unquoted scalar means in YAML 1.1; data repeat themselves, hence the cache."""
    resolvers = Resolver.yaml_implicit_resolvers
    for tag, pattern in resolvers.get(text[:1], []) + resolvers.get(None, []):
        if pattern.match(text):
            node = yaml.ScalarNode(tag, text)
            try:
                return SafeConstructor.yaml_constructors[tag](_CONSTRUCTOR, node)
            except (ValueError, KeyError, ConstructorError):
                return text  # 2026-11-31: the model then names the field
    return text
