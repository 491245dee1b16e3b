using Registry.Api.Http;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>The addresses of meetings, documents and outcomes.</summary>
internal static class MeetingRoutes
{
    public static void MapMeetings(this IEndpointRouteBuilder v1)
    {
        var meetings = v1.MapGroup("/meetings").WithTags("Meetings");
        meetings.MapList<ListMeetings, MeetingDocument>("");
        meetings.MapCreate<CreateMeeting, MeetingDocument>("", MeetingAt);
        meetings.MapRecord<GetMeeting, MeetingDocument>("/{id}");
        meetings.MapReplace<ReplaceMeeting, MeetingDocument>("/{id}", MeetingAt);
        meetings.MapCorrect<CorrectMeeting, MeetingDocument>("/{id}");
        meetings.MapDelete<DeleteMeeting>("/{id}");
        meetings.MapRestore<RestoreMeeting, MeetingDocument>("/{id}", MeetingAt);
        meetings.MapList<ListMeetingHistory, RecordedVersion>("/{id}/history");
        meetings.MapCreate<TakeMeetingStep, MeetingDocument>("/{id}/steps", MeetingAt, OperationKind.Step);
        meetings.MapList<ListAgenda, AgendaEntry>("/{id}/agenda");
        meetings.MapCreate<AddAgendaItem, MeetingDocument>("/{id}/agenda", MeetingAt, OperationKind.Step);
        meetings.MapList<ListParticipants, ParticipantAtMeeting>("/{id}/participants");
        meetings.MapCreate<AddParticipant, MeetingDocument>("/{id}/participants", MeetingAt, OperationKind.Step);
        meetings.MapList<ListDelegations, DelegationAtMeeting>("/{id}/delegations");
        meetings.MapAnswer<GetMeetingChair, ChairAtMeeting>("/{id}/chair");
        meetings.MapList<ListMeetingDocuments, OfficialDocument>("/{id}/documents");
        v1.MapGroup("/forums/{forum}/meetings").WithTags("Meetings").MapList<ListForumMeetings, MeetingDocument>("");

        var documents = v1.MapGroup("/documents").WithTags("Documents");
        documents.MapList<ListDocuments, OfficialDocument>("");
        documents.MapCreate<CreateDocument, OfficialDocument>("", DocumentAt);
        documents.MapRecord<GetDocument, OfficialDocument>("/{id}");
        documents.MapReplace<ReplaceDocument, OfficialDocument>("/{id}", DocumentAt);
        documents.MapCorrect<CorrectDocument, OfficialDocument>("/{id}");
        documents.MapDelete<DeleteDocument>("/{id}");
        documents.MapRestore<RestoreDocument, OfficialDocument>("/{id}", DocumentAt);
        documents.MapList<ListDocumentHistory, RecordedVersion>("/{id}/history");
        documents.MapCreate<TakeDocumentStep, OfficialDocument>("/{id}/steps", DocumentAt, OperationKind.Step);

        var outcomes = v1.MapGroup("").WithTags("Outcomes");
        outcomes.MapList<ListMeetingOutcomes, OutcomeDocument>("/meetings/{id}/outcomes");
        outcomes.MapCreate<RecordOutcome, OutcomeDocument>("/meetings/{id}/outcomes", OutcomeAt);
        outcomes.MapFeed<ListOutcomes, OutcomeDocument>(
            "/outcomes",
            (request, page) => new OutcomeFeedAnswer(request, page)
        );
        outcomes.MapRecord<GetOutcome, OutcomeDocument>("/outcomes/{id}");
        outcomes.MapReplace<ReplaceOutcome, OutcomeDocument>("/outcomes/{id}", OutcomeAt);
        outcomes.MapCorrect<CorrectOutcome, OutcomeDocument>("/outcomes/{id}");
        outcomes.MapDelete<DeleteOutcome>("/outcomes/{id}");
        outcomes.MapRestore<RestoreOutcome, OutcomeDocument>("/outcomes/{id}", OutcomeAt);
        outcomes.MapList<ListOutcomeHistory, RecordedVersion>("/outcomes/{id}/history");
        outcomes.MapList<ListFollowUps, FollowUpOnDay>("/follow-ups");
    }

    private static string MeetingAt(StoredRecord stored) => $"/v1/meetings/{stored.Id}";

    private static string DocumentAt(StoredRecord stored) => $"/v1/documents/{stored.Id}";

    private static string OutcomeAt(StoredRecord stored) => $"/v1/outcomes/{stored.Id}";
}
