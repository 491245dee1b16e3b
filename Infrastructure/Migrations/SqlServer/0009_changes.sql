-- Where each change shows: at its record and at the records that belongs to. And what finds changes by collection and
-- by instant, and records by the instant of their present version.

CREATE TABLE ChangeSubject (
    Sequence   BIGINT        NOT NULL,
    Collection NVARCHAR(32)  NOT NULL,
    SubjectId  NVARCHAR(120) NOT NULL,
    CONSTRAINT PK_ChangeSubject PRIMARY KEY (Collection, SubjectId, Sequence),
    CONSTRAINT FK_ChangeSubject_Sequence FOREIGN KEY (Sequence) REFERENCES Change (Sequence)
);

CREATE INDEX IX_Change_Collection_Sequence ON Change (Collection, Sequence);

CREATE INDEX IX_Change_Instant_Sequence ON Change (Instant, Sequence);

CREATE INDEX IX_State_RecordedFrom_Code ON State (RecordedFrom, Code);

CREATE INDEX IX_Forum_RecordedFrom_Code ON Forum (RecordedFrom, Code);

CREATE INDEX IX_Body_RecordedFrom_Id ON Body (RecordedFrom, Id);

CREATE INDEX IX_Membership_RecordedFrom_Id ON Membership (RecordedFrom, Id);

CREATE INDEX IX_Minister_RecordedFrom_Id ON Minister (RecordedFrom, Id);

CREATE INDEX IX_Post_RecordedFrom_Id ON Post (RecordedFrom, Id);

CREATE INDEX IX_Appointment_RecordedFrom_Id ON Appointment (RecordedFrom, Id);

CREATE INDEX IX_Meeting_RecordedFrom_Id ON Meeting (RecordedFrom, Id);

CREATE INDEX IX_Document_RecordedFrom_Id ON Document (RecordedFrom, Id);

CREATE INDEX IX_Outcome_RecordedFrom_Id ON Outcome (RecordedFrom, Id);

CREATE INDEX IX_Chairmanship_RecordedFrom_Id ON Chairmanship (RecordedFrom, Id);

-- The changes that are on record already.
INSERT INTO ChangeSubject (Sequence, Collection, SubjectId)
SELECT c.Sequence, c.Collection, c.SubjectId FROM Change c
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN Body r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'bodies' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN BodyHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'bodies' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN Membership r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'memberships' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN MembershipHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'memberships' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'states', r.StateCode FROM Change c JOIN Membership r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'memberships' AND r.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'states', r.StateCode FROM Change c JOIN MembershipHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'memberships' AND r.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.MemberForumCode FROM Change c JOIN Membership r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'memberships' AND r.MemberForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.MemberForumCode FROM Change c JOIN MembershipHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'memberships' AND r.MemberForumCode IS NOT NULL
UNION SELECT c.Sequence, 'states', r.StateCode FROM Change c JOIN Post r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'posts' AND r.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'states', r.StateCode FROM Change c JOIN PostHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'posts' AND r.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN Post r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'posts' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN PostHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'posts' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN Post r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'posts' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN PostHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'posts' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'ministers', r.MinisterId FROM Change c JOIN Appointment r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND r.MinisterId IS NOT NULL
UNION SELECT c.Sequence, 'ministers', r.MinisterId FROM Change c JOIN AppointmentHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND r.MinisterId IS NOT NULL
UNION SELECT c.Sequence, 'posts', r.PostId FROM Change c JOIN Appointment r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND r.PostId IS NOT NULL
UNION SELECT c.Sequence, 'posts', r.PostId FROM Change c JOIN AppointmentHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND r.PostId IS NOT NULL
UNION SELECT c.Sequence, 'states', p.StateCode FROM Change c JOIN Appointment r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND p.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'states', p.StateCode FROM Change c JOIN AppointmentHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND p.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', p.ForumCode FROM Change c JOIN Appointment r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND p.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', p.ForumCode FROM Change c JOIN AppointmentHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND p.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'bodies', p.BodyId FROM Change c JOIN Appointment r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND p.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'bodies', p.BodyId FROM Change c JOIN AppointmentHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Post p ON p.Id = r.PostId
WHERE c.Collection = 'appointments' AND p.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN Meeting r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'meetings' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN MeetingHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'meetings' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN Meeting r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'meetings' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN MeetingHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'meetings' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN Document r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'documents' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN DocumentHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'documents' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN Document r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'documents' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN DocumentHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'documents' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'meetings', r.MeetingId FROM Change c JOIN Outcome r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Meeting g ON g.Id = r.MeetingId
WHERE c.Collection = 'outcomes' AND r.MeetingId IS NOT NULL
UNION SELECT c.Sequence, 'meetings', r.MeetingId FROM Change c JOIN OutcomeHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Meeting g ON g.Id = r.MeetingId
WHERE c.Collection = 'outcomes' AND r.MeetingId IS NOT NULL
UNION SELECT c.Sequence, 'forums', g.ForumCode FROM Change c JOIN Outcome r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Meeting g ON g.Id = r.MeetingId
WHERE c.Collection = 'outcomes' AND g.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', g.ForumCode FROM Change c JOIN OutcomeHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Meeting g ON g.Id = r.MeetingId
WHERE c.Collection = 'outcomes' AND g.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'bodies', g.BodyId FROM Change c JOIN Outcome r ON r.Id = c.SubjectId AND r.Version = c.Version JOIN Meeting g ON g.Id = r.MeetingId
WHERE c.Collection = 'outcomes' AND g.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'bodies', g.BodyId FROM Change c JOIN OutcomeHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1) JOIN Meeting g ON g.Id = r.MeetingId
WHERE c.Collection = 'outcomes' AND g.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN Chairmanship r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'chairmanships' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ForumCode FROM Change c JOIN ChairmanshipHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'chairmanships' AND r.ForumCode IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN Chairmanship r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'chairmanships' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'bodies', r.BodyId FROM Change c JOIN ChairmanshipHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'chairmanships' AND r.BodyId IS NOT NULL
UNION SELECT c.Sequence, 'states', r.StateCode FROM Change c JOIN Chairmanship r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'chairmanships' AND r.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'states', r.StateCode FROM Change c JOIN ChairmanshipHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'chairmanships' AND r.StateCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ChairForumCode FROM Change c JOIN Chairmanship r ON r.Id = c.SubjectId AND r.Version = c.Version
WHERE c.Collection = 'chairmanships' AND r.ChairForumCode IS NOT NULL
UNION SELECT c.Sequence, 'forums', r.ChairForumCode FROM Change c JOIN ChairmanshipHistory r ON r.Id = c.SubjectId AND r.Version IN (c.Version, c.Version - 1)
WHERE c.Collection = 'chairmanships' AND r.ChairForumCode IS NOT NULL;
