"""The durable engine behind `Queue`, and the tick. The one home of DBOS Transact."""
