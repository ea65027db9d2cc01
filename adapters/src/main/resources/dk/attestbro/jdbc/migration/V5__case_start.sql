-- The day on which the citizen's case began at the requester, where the request says it.
alter table certificate_case add column started_on date;
