-- The installation's counts of all connectors together (`*`), so that a chart of everything reads a
-- row for each measure and not one for each connector: a day by minutes took a second, now a tenth.
insert into metric_minute (minute, account_id, connector, measure, value)
  select minute, account_id, '*', measure, sum(value) from metric_minute
  where account_id = '00000000-0000-0000-0000-000000000000'
  group by minute, account_id, measure;
insert into metric_hour (hour, account_id, connector, measure, value)
  select hour, account_id, '*', measure, sum(value) from metric_hour
  where account_id = '00000000-0000-0000-0000-000000000000'
  group by hour, account_id, measure;
insert into metric_day (day, account_id, connector, measure, value)
  select day, account_id, '*', measure, sum(value) from metric_day
  where account_id = '00000000-0000-0000-0000-000000000000'
  group by day, account_id, measure;
