"""What `networkx` raises."""


class NetworkXException(Exception):
    pass


class NetworkXError(NetworkXException):
    pass


class NetworkXAlgorithmError(NetworkXException):
    pass


class NetworkXUnfeasible(NetworkXAlgorithmError):
    pass


class NetworkXNoPath(NetworkXUnfeasible):
    pass


class NetworkXNoCycle(NetworkXUnfeasible):
    pass


class NodeNotFound(NetworkXException):
    pass
