using Registry.Api.Contract.Examples;
using Registry.Api.Features.Meetings.Calendar;
using Registry.Api.Features.Records;
using Registry.Api.Http;
using Registry.Api.Routing;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Maps the operations on meetings, documents and outcomes.</summary>
internal static class MeetingRoutes
{
    private const string StatusFollows = "When the steps are corrected, the status follows.";

    private static readonly RecordResource Meetings = new(MeetingStore.Kind)
    {
        Tag = "Meetings",
        Description = "Meetings of forums and their bodies: steps, agenda, participants and delegations.",
        Examples = MeetingExamples.Meetings,
        Formats = [ResponseFormat.Json, MeetingCalendar.Format],
        CorrectionRemarks = StatusFollows,
    };

    private static readonly RecordResource Documents = new(DocumentStore.Kind)
    {
        Tag = "Documents",
        Description = "Documents that meetings draft, discuss, adopt and sign, until they are superseded or withdrawn.",
        Examples = MeetingExamples.Documents,
        CorrectionRemarks = StatusFollows,
    };

    private static readonly RecordResource Outcomes = new(OutcomeStore.Kind)
    {
        Tag = "Outcomes",
        Description = "What meetings did, and the follow-ups they asked for.",
        Examples = MeetingExamples.Outcomes,
    };

    public static void MapMeetings(this IEndpointRouteBuilder v1)
    {
        var meetings = v1.MapGroup("").WithTags(Meetings.Tag);
        meetings.MapList<ListMeetings, MeetingModel>("/meetings");
        meetings.MapRecords<MeetingModel>(Meetings);
        meetings.MapCreate<TakeMeetingStep, MeetingModel>(
            "/meetings/{id}/steps",
            Meetings.AddressOf,
            OperationKind.Step
        );
        meetings.MapList<ListAgenda, AgendaEntry>("/meetings/{id}/agenda");
        meetings.MapCreate<AddAgendaItem, MeetingModel>(
            "/meetings/{id}/agenda",
            Meetings.AddressOf,
            OperationKind.Step
        );
        meetings.MapList<ListParticipants, ParticipantAtMeeting>("/meetings/{id}/participants");
        meetings.MapCreate<AddParticipant, MeetingModel>(
            "/meetings/{id}/participants",
            Meetings.AddressOf,
            OperationKind.Step
        );
        meetings.MapList<ListDelegations, DelegationAtMeeting>("/meetings/{id}/delegations");
        meetings.MapAnswer<GetMeetingChair, ChairAtMeeting>("/meetings/{id}/chair");
        meetings.MapList<ListMeetingDocuments, DocumentModel>("/meetings/{id}/documents");
        meetings.MapList<ListForumMeetings, MeetingModel>("/forums/{forum}/meetings");

        var documents = v1.MapGroup("").WithTags(Documents.Tag);
        documents.MapList<ListDocuments, DocumentModel>("/documents");
        documents.MapRecords<DocumentModel>(Documents);
        documents.MapCreate<TakeDocumentStep, DocumentModel>(
            "/documents/{id}/steps",
            Documents.AddressOf,
            OperationKind.Step
        );

        var outcomes = v1.MapGroup("").WithTags(Outcomes.Tag);
        outcomes.MapList<ListMeetingOutcomes, OutcomeModel>("/meetings/{id}/outcomes");
        outcomes.MapCreate<RecordOutcome, OutcomeModel>("/meetings/{id}/outcomes", Outcomes.AddressOf);
        outcomes.MapFeed<ListOutcomes, OutcomeModel>(
            "/outcomes",
            (request, page) => new OutcomeFeedAnswer(request, page)
        );
        outcomes.MapRecords<OutcomeModel>(Outcomes, creates: false);
        outcomes.MapList<ListFollowUps, FollowUpOnDay>("/follow-ups");
    }
}
