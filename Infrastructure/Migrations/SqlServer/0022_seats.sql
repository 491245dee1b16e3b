-- The bodies with their seat in a state, which are looked for when the state is deleted.

CREATE INDEX IX_Body_SeatCountry ON Body (SeatCountry);
