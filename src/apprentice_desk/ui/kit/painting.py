"""Painting shared by tables and panels: badges, bars with a tick, lines of text."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.theme import Theme, Tone

BADGE_ICON_QUARTERS = 3.5
TICK_QUARTERS = 4.5


class Badge(NamedTuple):
    """A word on a soft ground, never told by colour alone: the icon says it too."""

    text: str
    tone: Tone = "quiet"
    icon: str = ""


class Bar(NamedTuple):
    """How much of *total* is done (*value*) and how much should be by now (*mark*, the tick).

    *say* is the same in words, for a tooltip and for those who do not see the bar.
    """

    value: float
    mark: float | None
    total: float
    tone: Tone = "accent"
    say: str = ""


class Tick(NamedTuple):
    """A box that is ticked or not, with words behind it."""

    is_ticked: bool
    text: str = ""


def tick_width(theme: Theme) -> int:
    """Return how wide the box of a Tick is, with the gap behind it."""
    return theme.space(TICK_QUARTERS) + theme.space(2)


def paint_tick(painter: QPainter, rect: QRect, tick: Tick, theme: Theme) -> None:
    """Paint the box of *tick* at the left of *rect*."""
    side = theme.space(TICK_QUARTERS)
    name, colour = ("square-check", "accent") if tick.is_ticked else ("square", "text_quiet")
    drawn = pixmap(name, colour, theme, TICK_QUARTERS)
    painter.drawPixmap(QPointF(rect.left(), rect.top() + round((rect.height() - side) / 2)), drawn)


def badge_size(badge: Badge, theme: Theme) -> QSizeF:
    """Return how much room *badge* takes."""
    metrics = QFontMetrics(theme.font("small strong"))
    width = metrics.horizontalAdvance(badge.text) + 2 * theme.space(2)
    if badge.icon:
        width += theme.space(BADGE_ICON_QUARTERS) + theme.space(1.5)
    return QSizeF(width, metrics.height() + 2 * theme.space(1))


def paint_badge(painter: QPainter, rect: QRect, badge: Badge, theme: Theme) -> None:
    """Paint *badge* at the left of *rect*, in the middle of its height."""
    size = badge_size(badge, theme)
    width = min(size.width(), rect.width())
    top = rect.top() + (rect.height() - size.height()) / 2
    ground = QRectF(rect.left(), round(top), width, size.height())
    colours = theme.tone(badge.tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.soft)
    corner = theme.space(0.75)
    painter.drawRoundedRect(ground, corner, corner)
    words = ground.adjusted(theme.space(2), 0, -theme.space(1.5), 0)
    if badge.icon:
        side = theme.space(BADGE_ICON_QUARTERS)
        drawn = pixmap(badge.icon, badge.tone or "accent", theme, BADGE_ICON_QUARTERS)
        painter.drawPixmap(QPointF(words.left(), round(ground.center().y() - side / 2)), drawn)
        words.setLeft(words.left() + side + theme.space(1.5))
    font = theme.font("small strong")
    painter.setFont(font)
    painter.setPen(colours.text)
    text = QFontMetrics(font).elidedText(
        badge.text, Qt.TextElideMode.ElideRight, round(words.width() + 1)
    )
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


def paint_ground(painter: QPainter, rect: QRect, colour: QColor, theme: Theme) -> None:
    """Paint a ground with round corners."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corner = theme.space(1)
    painter.drawRoundedRect(rect, corner, corner)
    painter.restore()


def paint_icon_tile(painter: QPainter, rect: QRect, icon: str, tone: Tone, theme: Theme) -> None:
    """Paint *icon* in the middle of *rect*, on the soft ground of *tone*."""
    paint_ground(painter, rect, theme.tone(tone).soft, theme)
    side = theme.space(BADGE_ICON_QUARTERS)
    drawn = pixmap(icon, tone, theme, BADGE_ICON_QUARTERS)
    middle = QRectF(rect).center()
    painter.drawPixmap(QPointF(round(middle.x() - side / 2), round(middle.y() - side / 2)), drawn)


def paint_bar(painter: QPainter, rect: QRect, bar: Bar, theme: Theme) -> None:
    """Paint *bar* over the width of *rect*: done, still to do, and a tick where it should be.

    More than the total fills the bar; the tick stays within it.
    """
    thick = theme.space(2)
    track = QRectF(
        rect.left(), rect.top() + round((rect.height() - thick) / 2), rect.width(), thick
    )
    corner = thick / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.colour("track"))
    painter.setPen(QPen(theme.colour("line"), 0.6))
    painter.drawRoundedRect(track, corner, corner)
    painter.setPen(Qt.PenStyle.NoPen)
    if bar.total > 0 and bar.value > 0:
        share = min(1.0, bar.value / bar.total)
        painter.setBrush(theme.tone(bar.tone).solid)
        done = QRectF(track.left(), track.top(), max(thick, track.width() * share), thick)
        painter.drawRoundedRect(done, corner, corner)
    if bar.mark is not None and bar.total > 0:
        share = min(1.0, max(0.0, bar.mark / bar.total))
        width = max(2, theme.space(0.5))
        at = track.left() + (track.width() - width) * share
        reach = theme.space(0.75)
        tick = QRectF(round(at), track.top() - reach, width, thick + 2 * reach)
        painter.fillRect(tick, theme.colour("text"))
    painter.restore()
