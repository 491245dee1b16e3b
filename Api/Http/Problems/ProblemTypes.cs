namespace Registry.Api.Http.Problems;

/// <summary>A problem type (RFC 9457): its code, status and title, and what a caller can do about it.</summary>
internal sealed record ProblemType(string Code, int Status, string Title, string Explanation)
{
    public string Address => $"/problems/{Code}";
}

/// <summary>All problem types. A code is part of the contract: it is never renamed.</summary>
internal static class ProblemTypes
{
    public static readonly IReadOnlyList<ProblemType> All =
    [
        new(
            "invalid-request",
            400,
            "The request is not valid.",
            "Fields or parameters are invalid. The member errors names each of them with the reason; a field of the "
                + "body is named by its path, such as names[0].language."
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
            "A cursor is opaque and valid only for the list, the order and the filters that it was returned with. "
                + "Follow the member next, or start again without a cursor."
        ),
        new(
            "unauthorized",
            401,
            "A valid key or token is required.",
            "Writing needs a key in the header X-Api-Key or, when an issuer is configured, a bearer token; so do all "
                + "operations on subscriptions, imports, keys and the audit log. The detail says whether it was missing, "
                + "is not known, has expired or was revoked."
        ),
        new(
            "forbidden",
            403,
            "The caller may not do this.",
            "The role of the key or token does not include the operation, or its scope does not include the record. "
                + "GET /v1/me shows role and scope; who has the role admin can change them."
        ),
        new("not-found", 404, "The resource does not exist.", "The path, or the record that it names, does not exist."),
        new("method-not-allowed", 405, "The method is not allowed.", "The header Allow lists the allowed methods."),
        new(
            "not-acceptable",
            406,
            "The requested media type is not available.",
            "The header Accept names none of the media types of this operation."
        ),
        new(
            "already-exists",
            409,
            "The record exists already.",
            "The id is in use. To change the existing record, replace or update it."
        ),
        new(
            "response-unreadable",
            409,
            "The first response cannot be read.",
            "A request with this Idempotency-Key was carried out, but its response was encrypted with a key that is no longer "
                + "configured (setting Secrets:FormerKeys). Read the record to see the result, and do not send the request again."
        ),
        new(
            "limit-reached",
            409,
            "There are as many as there can be.",
            "The number of subscriptions (setting Webhooks:MaxSubscriptions) and of keys that are not revoked (Access:MaxKeys) has "
                + "a limit. Delete or revoke others first."
        ),
        new(
            "key-revoked",
            409,
            "The key is revoked.",
            "A revoked key stays revoked, and cannot be changed. Create another one."
        ),
        new(
            "id-retired",
            409,
            "The id cannot be used again.",
            "The id belonged to a record that was merged into another one, to which it redirects, or to a deleted "
                + "subscription. Choose another id."
        ),
        new(
            "not-deleted",
            409,
            "The record is not deleted.",
            "Only a deleted record can be restored. To return to an earlier version of an existing record, read "
                + "that version "
                + "with version= and replace the record with it."
        ),
        new(
            "still-in-use",
            409,
            "Other records refer to this one.",
            "A record can be deleted when no other record refers to it. The detail names some that do."
        ),
        new(
            "unknown-reference",
            409,
            "A referenced record does not exist.",
            "Create that record first, or correct its code."
        ),
        new(
            "meeting-step-order",
            409,
            "The meeting cannot take this step.",
            "A planned meeting is confirmed, postponed, cancelled or held; a confirmed one is postponed, cancelled "
                + "or held; "
                + "a postponed one is planned or confirmed again, cancelled or held. Cancelled and held are the last steps. "
                + "The dates of steps never go back."
        ),
        new(
            "meeting-circle",
            409,
            "A meeting cannot be held on its own margins.",
            "The meetings named in onMarginsOf would form a cycle."
        ),
        new(
            "meeting-not-held",
            409,
            "The meeting has not been held.",
            "Only a meeting that was held has outcomes. For any other, the only possible outcome is that it was "
                + "postponed."
        ),
        new(
            "meeting-cancelled",
            409,
            "The meeting is cancelled.",
            "A document cannot be discussed, adopted or signed at a cancelled meeting."
        ),
        new(
            "outside-meeting",
            409,
            "The step is not on a day of the meeting.",
            "The date of a step taken at a meeting must be able to lie between the first and the last day of the "
                + "meeting."
        ),
        new(
            "document-step-order",
            409,
            "The document cannot take this step.",
            "A document is planned, drafted and discussed, then adopted or signed, then in force, and at last "
                + "superseded or "
                + "withdrawn. Steps may be left out, but only drafts go back. The dates of steps never go back."
        ),
        new(
            "document-closed",
            409,
            "The document has taken its last step.",
            "A superseded or withdrawn document takes no further step. Update the document if that step is wrong."
        ),
        new(
            "document-circle",
            409,
            "A document cannot supersede itself.",
            "The document has a relation to itself, or the documents that it supersedes would form a cycle."
        ),
        new(
            "fulfilled-before",
            409,
            "An outcome can only be fulfilled later.",
            "An outcome is fulfilled by an outcome of the same or a later meeting, or by a later step of a "
                + "document, never by "
                + "itself."
        ),
        new(
            "name-overlap",
            409,
            "Two names of one kind and language overlap.",
            "The periods of official and of short names in one language do not overlap. End the earlier name before "
                + "the later one begins."
        ),
        new(
            "stage-overlap",
            409,
            "Two stages of the forum overlap.",
            "A forum has one legal nature at a time. End the earlier stage before the later one begins."
        ),
        new(
            "outside-life",
            409,
            "A period lies outside the life of its owner.",
            "A stage, a body, a standing or the like begins before its forum, state or other owner, or ends after it."
        ),
        new(
            "lineage-circle",
            409,
            "A record cannot be its own predecessor.",
            "The predecessors would make the record its own predecessor, directly or through other records."
        ),
        new("body-circle", 409, "A body cannot be its own parent.", "The parents would form a cycle."),
        new("own-member", 409, "A forum cannot be its own member.", "Name another member."),
        new(
            "standing-overlap",
            409,
            "Two standings of the member overlap.",
            "A member has one standing in a forum at a time. Two standings certainly share a day, or the step is "
                + "dated before the current standing began."
        ),
        new(
            "standing-unchanged",
            409,
            "The member has that standing already.",
            "The step would change nothing. To correct dates or sources, update the membership."
        ),
        new(
            "not-a-member",
            409,
            "Only a member can be suspended or freeze its membership.",
            "These standings follow directly after that of a member."
        ),
        new(
            "not-accession",
            409,
            "The standing is not taken by accession.",
            "A party accedes as applicant, observer, partner, associate or member. Use the steps suspend or freeze "
                + "for the other standings."
        ),
        new(
            "membership-paused",
            409,
            "The membership is suspended or frozen.",
            "Resume the membership, or withdraw from it."
        ),
        new("not-paused", 409, "The membership cannot be resumed.", "The membership is neither suspended nor frozen."),
        new(
            "already-ended",
            409,
            "The stay or the appointment has ended already.",
            "A stay begins again by an accession, a post is held again by another appointment. To correct the end, "
                + "update the record."
        ),
        new(
            "ends-before-start",
            409,
            "The end is before the beginning.",
            "The end is before the recorded first day. Update the record if that day is wrong."
        ),
        new(
            "title-overlap",
            409,
            "Two titles in one language overlap.",
            "Only one title in each language is valid at a time. End the earlier title before the later one begins."
        ),
        new(
            "post-held",
            409,
            "The post is held already.",
            "The post has one holder at a time. End the current appointment first, or appoint the minister as acting."
        ),
        new(
            "already-appointed",
            409,
            "The minister holds the post already.",
            "Two appointments of one minister to the same post cannot overlap."
        ),
        new(
            "claim-does-not-fit",
            409,
            "The record cannot take the claimed value.",
            "With the value of the claim the record would be inconsistent. The detail says how. Update the record "
                + "first, then "
                + "prefer the claim."
        ),
        new(
            "merge-does-not-fit",
            409,
            "The merge would make a record inconsistent.",
            "A record that refers to both would be inconsistent after the merge. The detail says how. Update it first."
        ),
        new(
            "rows-refused",
            409,
            "Rows of the import were refused.",
            "Nothing was written: an import keeps all rows or none, unless it is partial. The rows of the import "
                + "name those "
                + "refused, with the reason."
        ),
        new(
            "import-ended",
            409,
            "The import has ended.",
            "Only a waiting or running import can be cancelled. Undo the writes of an ended import by further writes."
        ),
        new(
            "gone",
            410,
            "The record was deleted.",
            "Its versions are kept. POST to its address with /restore restores it, and so does PUT."
        ),
        new(
            "stale-version",
            412,
            "The record has changed since it was read.",
            "The record was changed, or its existence does not match the condition. Read it again before the next "
                + "attempt."
        ),
        new(
            "too-large",
            413,
            "The body is too large.",
            "The limit is 2 MiB for a body and the setting Imports:MaxBytes for the file of an import. It applies to the "
                + "decompressed body too."
        ),
        new(
            "unsupported-media-type",
            415,
            "The media type of the body is not supported.",
            "Send application/json, or application/merge-patch+json (RFC 7396) for PATCH, in UTF-8; files to import "
                + "also as "
                + "application/x-ndjson or text/csv. The body may be compressed, with gzip or br in Content-Encoding."
        ),
        new(
            "idempotency-key-reused",
            422,
            "The Idempotency-Key was used for another request.",
            "A key identifies one request for 24 hours. Use a new key for another address or another body."
        ),
        new(
            "version-required",
            428,
            "The version to change is missing.",
            "Send the ETag of the version that was read in If-Match, so that no concurrent change is lost. The "
                + "header ETag and "
                + "the member currentETag have the current version."
        ),
        new(
            "quota-exceeded",
            429,
            "A quota is used up.",
            "Each caller has a quota for a burst of requests, which fills up by the second, and one for a day (UTC). The headers "
                + "RateLimit-Policy and RateLimit tell both, and GET /v1/me. Try again after the seconds in Retry-After. Callers "
                + "with a key have larger quotas; conditional requests (If-None-Match) and the change feed cost least."
        ),
        new(
            "too-many-at-once",
            429,
            "The caller has too many costly requests open.",
            "Whole lists, exports and batches are costly, so that a caller may have only a few of them open at the same time "
                + "(setting Limits:HeavyRequestsPerClient). Send the request again when one of them has ended."
        ),
        new(
            "internal-error",
            500,
            "An internal error occurred.",
            "The program has a defect. Nothing was written. Please report the error with its trace id."
        ),
        new(
            "time-limit",
            503,
            "The read took too long.",
            "A read has a time limit (setting Limits:ReadSeconds), so that nobody waits for one that asks for too much. Ask for "
                + "less at once, with filters or pages, or again when the registry is less busy."
        ),
        new(
            "busy",
            503,
            "The service is temporarily unavailable.",
            "Nothing was written. Try again after the seconds in Retry-After."
        ),
        new(
            "database-damaged",
            503,
            "The database is damaged.",
            "Readable data is still served, and nothing is written any more. The operator has to restore an intact "
                + "copy of the "
                + "database and restart the program."
        ),
        new(
            "overloaded",
            503,
            "Too much costly work is waiting.",
            "Whole lists, exports and batches take turns, so that other requests are answered beside them, and too many of them "
                + "wait at present. Try again after the seconds in Retry-After."
        ),
        new(
            "too-many-streams",
            503,
            "The limit of open streams and long polls is reached.",
            "Try again after the seconds in Retry-After, or request /v1/changes without wait."
        ),
        new(
            "insufficient-storage",
            507,
            "The storage is full.",
            "The disk of the database is full. Nothing was written; reads are still served. Try again after the "
                + "seconds in "
                + "Retry-After: once there is space, writes succeed without a restart."
        ),
    ];

    private static readonly Dictionary<string, ProblemType> ByCode = All.ToDictionary(type => type.Code);

    /// <exception cref="KeyNotFoundException">The code has no problem type: a defect.</exception>
    public static ProblemType Of(string code) => ByCode[code];

    public static ProblemType? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The problem type of a response that the framework wrote without a body.</summary>
    public static ProblemType OfStatus(int status) =>
        All.FirstOrDefault(type => type.Status == status)
        ?? new("unreadable-request", status, "The request cannot be served.", "");
}
