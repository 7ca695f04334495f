select *
from orders
