"""Calls that only have effects, none of which is visible here: logging, warnings, clean-up."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.python.plain import external, nothing

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "atexit.register": nothing,
    "faulthandler.enable": nothing,
    "gc.collect": nothing,
    "logging.Formatter": external("logging.Formatter"),
    "logging.Logger.addFilter": nothing,
    "logging.Logger.addHandler": nothing,
    "logging.Logger.critical": nothing,
    "logging.Logger.debug": nothing,
    "logging.Logger.error": nothing,
    "logging.Logger.exception": nothing,
    "logging.Logger.getChild": external("logging.Logger"),
    "logging.Logger.info": nothing,
    "logging.Logger.log": nothing,
    "logging.Logger.setLevel": nothing,
    "logging.Logger.warn": nothing,
    "logging.Logger.warning": nothing,
    "logging.StreamHandler": external("logging.StreamHandler"),
    "logging.StreamHandler.setFormatter": nothing,
    "logging.StreamHandler.setLevel": nothing,
    "logging.basicConfig": nothing,
    "logging.captureWarnings": nothing,
    "logging.config.dictConfig": nothing,
    "logging.config.fileConfig": nothing,
    "logging.critical": nothing,
    "logging.debug": nothing,
    "logging.disable": nothing,
    "logging.error": nothing,
    "logging.exception": nothing,
    "logging.getLogger": external("logging.Logger"),
    "logging.info": nothing,
    "logging.log": nothing,
    "logging.warn": nothing,
    "logging.warning": nothing,
    "loguru.logger.add": nothing,
    "loguru.logger.critical": nothing,
    "loguru.logger.debug": nothing,
    "loguru.logger.error": nothing,
    "loguru.logger.exception": nothing,
    "loguru.logger.info": nothing,
    "loguru.logger.remove": nothing,
    "loguru.logger.success": nothing,
    "loguru.logger.warning": nothing,
    "signal.signal": nothing,
    "structlog.configure": nothing,
    "structlog.get_logger": external("logging.Logger"),
    "structlog.stdlib.get_logger": external("logging.Logger"),
    "warnings.filterwarnings": nothing,
    "warnings.simplefilter": nothing,
    "warnings.warn": nothing,
}

VALUES: Final[ReadOnlyMapping[str, Value]] = {
    "logging.CRITICAL": Constant(50),
    "logging.DEBUG": Constant(10),
    "logging.ERROR": Constant(40),
    "logging.INFO": Constant(20),
    "logging.NOTSET": Constant(0),
    "logging.WARN": Constant(30),
    "logging.WARNING": Constant(30),
}
