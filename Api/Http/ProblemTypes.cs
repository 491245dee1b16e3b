namespace Registry.Api.Http;

/// <summary>A kind of refusal (RFC 9457): what it is called, its status, and what a caller can do about it.</summary>
internal sealed record ProblemType(string Code, int Status, string Title, string Explanation)
{
    public string Address => $"/problems/{Code}";
}

/// <summary>Every kind of refusal. A code is part of the contract: it is never renamed.</summary>
internal static class ProblemTypes
{
    public static readonly IReadOnlyList<ProblemType> All =
    [
        new(
            "invalid-request",
            400,
            "The request is not valid.",
            "Fields or parameters cannot be understood. The member errors names every one of them, with the reason; "
                + "a field inside the body is named by its path, such as names[0].language."
        ),
        new(
            "unreadable-request",
            400,
            "The request cannot be read.",
            "The body is not JSON in UTF-8, or the request itself is malformed. The detail says where reading stopped."
        ),
        new(
            "invalid-cursor",
            400,
            "The cursor does not belong to this list.",
            "A cursor is opaque and good only for the list, the order and the filters it was given with. "
                + "Follow the member next, or start again without a cursor."
        ),
        new(
            "unauthorized",
            401,
            "A key is needed that the registry knows.",
            "Writing needs a key in the header X-Api-Key. Reading does not, but for subscriptions and imports. The detail says "
                + "whether there was none, or one that is not known."
        ),
        new("not-found", 404, "There is nothing here.", "The path or the record it names is not known."),
        new(
            "method-not-allowed",
            405,
            "The method is not allowed here.",
            "The header Allow lists the methods that are."
        ),
        new(
            "not-acceptable",
            406,
            "The answer cannot be given in that form.",
            "The header Accept names none of the media types that this operation answers in."
        ),
        new(
            "already-exists",
            409,
            "There is such a record already.",
            "The id is in use. Read the record, and replace or correct it if that is what is meant."
        ),
        new(
            "id-retired",
            409,
            "The id is not given again.",
            "It belonged to a record that was merged into another one, to which it leads, or to a subscription that was "
                + "deleted. Choose another one."
        ),
        new(
            "not-deleted",
            409,
            "The record is on file.",
            "Only a record that was deleted can be restored. To bring back an earlier version of one that is on file, read it "
                + "with version= and replace the record with it."
        ),
        new(
            "still-in-use",
            409,
            "Other records refer to this one.",
            "A record can be deleted when nothing refers to it any more. The detail names some that do."
        ),
        new(
            "unknown-reference",
            409,
            "A record that is named does not exist.",
            "Put the record on file first, or correct the code."
        ),
        new(
            "meeting-step-order",
            409,
            "The meeting cannot take this step.",
            "A planned meeting is confirmed, postponed, cancelled or held; a confirmed one is postponed, cancelled or held; "
                + "a postponed one is planned or confirmed again, cancelled or held. Cancelled and held are the last steps. "
                + "The dates of steps do not run backwards."
        ),
        new(
            "meeting-circle",
            409,
            "No meeting is held on its own margins.",
            "The meetings named in onMarginsOf would close a circle."
        ),
        new(
            "meeting-not-held",
            409,
            "The meeting has not been held.",
            "Only a meeting that is held has outcomes. Of any other, only that it was postponed can be recorded."
        ),
        new(
            "meeting-cancelled",
            409,
            "The meeting is cancelled.",
            "No document is discussed, adopted or signed at a meeting that is cancelled."
        ),
        new(
            "outside-meeting",
            409,
            "The step is not on a day of the meeting.",
            "What a meeting discusses, adopts or signs has a date that can lie between its first and its last day."
        ),
        new(
            "document-step-order",
            409,
            "The document cannot take this step.",
            "A document is planned, drafted and discussed, then adopted or signed, then in force, and at last superseded or "
                + "withdrawn. Steps may be left out, but only drafts go back. The dates of steps do not run backwards."
        ),
        new(
            "document-closed",
            409,
            "The document has taken its last step.",
            "Nothing follows when a document is superseded or withdrawn. Correct the document if that step is wrong."
        ),
        new(
            "document-circle",
            409,
            "No document takes its own place.",
            "A document has a relation to itself, or those it supersedes would close a circle."
        ),
        new(
            "fulfilled-before",
            409,
            "An outcome is fulfilled by what comes later.",
            "What fulfils an outcome is an outcome of the same or a later meeting, or a later step of a document, and never "
                + "the outcome itself."
        ),
        new(
            "name-overlap",
            409,
            "Two names of one kind and language hold at once.",
            "Official and short names of one language follow each other. End the earlier one before the later begins."
        ),
        new(
            "stage-overlap",
            409,
            "A forum has one legal nature at a time.",
            "The stages of a forum follow each other. End the earlier one before the later begins."
        ),
        new(
            "outside-life",
            409,
            "Nothing stands outside the life of what it belongs to.",
            "A stage, a body or a standing lies before the founding or after the end of the forum or state."
        ),
        new(
            "lineage-circle",
            409,
            "Nothing precedes itself.",
            "The predecessors named would make the record its own predecessor, perhaps over several steps."
        ),
        new("body-circle", 409, "No body is above itself.", "The parents named would close a circle."),
        new("own-member", 409, "No forum is a member of itself.", "Name another member."),
        new(
            "standing-overlap",
            409,
            "A member has one standing in a forum at a time.",
            "Two standings certainly share a day, or a step comes before the present standing began."
        ),
        new(
            "standing-unchanged",
            409,
            "The member stands so already.",
            "The step would change nothing. To correct dates or sources, correct the membership."
        ),
        new(
            "not-a-member",
            409,
            "Only a member can be suspended or freeze its membership.",
            "These standings follow directly on a membership."
        ),
        new(
            "not-accession",
            409,
            "That is no accession.",
            "One accedes as applicant, observer, partner, associate or member. Use suspend or freeze for the others."
        ),
        new(
            "membership-paused",
            409,
            "The membership is suspended or frozen.",
            "It can be resumed, or the member can withdraw."
        ),
        new("not-paused", 409, "There is nothing to resume.", "The membership is neither suspended nor frozen."),
        new(
            "already-ended",
            409,
            "It has ended before.",
            "A stay can begin again by an accession, a post by another appointment. To correct the end, correct the record."
        ),
        new(
            "ends-before-start",
            409,
            "Nothing ends before it begins.",
            "The end given lies before the first day on record. Correct the record if that day is wrong."
        ),
        new(
            "title-overlap",
            409,
            "Two titles are valid at once.",
            "Of one language there is one title at a time. End the one where the other begins."
        ),
        new(
            "post-held",
            409,
            "The post has a holder.",
            "One holds the post at a time. End the holder's appointment first, or appoint somebody as acting."
        ),
        new(
            "already-appointed",
            409,
            "The minister is in the post already.",
            "The same minister cannot be appointed to the same post twice at once."
        ),
        new(
            "claim-does-not-fit",
            409,
            "The record cannot take the value that is claimed.",
            "With the value of the claim the record would contradict itself. The detail says how. Correct the record as a "
                + "whole, and prefer the claim then."
        ),
        new(
            "merge-does-not-fit",
            409,
            "A record cannot be written with the merged one in it.",
            "A record that names both would contradict itself with one of them alone. The detail says how. Correct it first."
        ),
        new(
            "rows-refused",
            409,
            "Rows of the import were refused.",
            "An import is kept whole or not at all, unless it is partial. The list rows of the import tells which were "
                + "refused and why; nothing of it was kept."
        ),
        new(
            "import-ended",
            409,
            "The import has ended.",
            "Only an import that waits or runs can be cancelled. What it wrote is undone by writing again."
        ),
        new(
            "gone",
            410,
            "The record was deleted.",
            "Its versions stay on file. POST to its address with /restore brings it back, and so does PUT."
        ),
        new(
            "stale-version",
            412,
            "The record is not as it was when you read it.",
            "Somebody changed it, or it is not there as the condition expects. Read it again and decide anew."
        ),
        new(
            "too-large",
            413,
            "The body is too large.",
            "A body may have at most 2 MiB; the file of an import as much as the setting Imports:MaxBytes says."
        ),
        new(
            "unsupported-media-type",
            415,
            "The body is of the wrong media type.",
            "Send application/json, or application/merge-patch+json (RFC 7396) for PATCH, in UTF-8; files to import also as "
                + "application/x-ndjson or text/csv."
        ),
        new(
            "idempotency-key-reused",
            422,
            "The key was sent with another request.",
            "A key in Idempotency-Key names one request for 24 hours. Take a new key for another address or another body."
        ),
        new(
            "version-required",
            428,
            "Say which version you mean to change.",
            "Send the ETag of the version you have read in If-Match, so that no change of another is lost. The header ETag and the "
                + "member currentETag name the present version."
        ),
        new(
            "internal-error",
            500,
            "The registry failed.",
            "This is a defect of the program. Nothing was written. Please report it with the trace id."
        ),
        new(
            "busy",
            503,
            "The registry cannot serve the request now.",
            "Nothing was written. Try again after the seconds named in Retry-After."
        ),
        new(
            "database-damaged",
            503,
            "The registry's database is damaged.",
            "What can still be read is served, and nothing is written any more. Whoever runs the registry has to put a sound "
                + "copy of the database in place and start the program again."
        ),
        new(
            "too-many-streams",
            503,
            "As many streams are open as the registry serves at once.",
            "Try again after the seconds named in Retry-After, or follow /v1/changes instead."
        ),
        new(
            "insufficient-storage",
            507,
            "There is no room for what is to be written.",
            "The disk of the database is full. Nothing was written, and reading goes on. Try again after the seconds named in "
                + "Retry-After; when there is room, writes succeed without a new start."
        ),
    ];

    private static readonly Dictionary<string, ProblemType> ByCode = All.ToDictionary(type => type.Code);

    /// <exception cref="KeyNotFoundException">A refusal has no problem type: a defect.</exception>
    public static ProblemType Of(string code) => ByCode[code];

    public static ProblemType? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The type for an answer that the framework gave without a body.</summary>
    public static ProblemType OfStatus(int status) =>
        All.FirstOrDefault(type => type.Status == status)
        ?? new("unreadable-request", status, "The request cannot be served.", "");
}
