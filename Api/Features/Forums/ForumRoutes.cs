using Registry.Api.Http;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>The addresses of forums, their bodies and their memberships.</summary>
internal static class ForumRoutes
{
    public static void MapForums(this IEndpointRouteBuilder v1)
    {
        var forums = v1.MapGroup("/forums").WithTags("Forums");
        forums.MapList<ListForums, ForumDocument>("");
        forums.MapCreate<CreateForum, ForumDocument>("", ForumAt);
        forums.MapRecord<GetForum, ForumDocument>("/{code}");
        forums.MapReplace<ReplaceForum, ForumDocument>("/{code}", ForumAt);
        forums.MapCorrect<CorrectForum, ForumDocument>("/{code}");
        forums.MapDelete<DeleteForum>("/{code}");
        forums.MapRestore<RestoreForum, ForumDocument>("/{code}", ForumAt);
        forums.MapList<ListForumHistory, RecordedVersion>("/{code}/history");
        forums.MapList<ListForumTimeline, TimelineEntry>("/{forum}/timeline");

        var bodies = v1.MapGroup("/forums/{forum}/bodies").WithTags("Bodies");
        bodies.MapList<ListBodies, BodyDocument>("");
        bodies.MapCreate<CreateBody, BodyDocument>("", BodyAt);
        bodies.MapRecord<GetBody, BodyDocument>("/{code}");
        bodies.MapReplace<ReplaceBody, BodyDocument>("/{code}", BodyAt);
        bodies.MapCorrect<CorrectBody, BodyDocument>("/{code}");
        bodies.MapDelete<DeleteBody>("/{code}");
        bodies.MapRestore<RestoreBody, BodyDocument>("/{code}", BodyAt);
        bodies.MapList<ListBodyHistory, RecordedVersion>("/{code}/history");

        var members = v1.MapGroup("/forums/{forum}").WithTags("Memberships");
        members.MapList<ListMembers, StandingOnDay>("/members");
        members.MapList<ListForumMemberships, MembershipDocument>("/memberships");
        members.MapAnswer<ReconcileForum, ReconciliationDocument>("/reconciliation");
        members.MapCreate<AdmitMember, MembershipDocument>("/memberships", MembershipAt);

        var memberships = v1.MapGroup("/memberships").WithTags("Memberships");
        memberships.MapList<ListMemberships, MembershipDocument>("");
        memberships.MapRecord<GetMembership, MembershipDocument>("/{id}");
        memberships.MapReplace<ReplaceMembership, MembershipDocument>("/{id}", MembershipAt);
        memberships.MapCorrect<CorrectMembership, MembershipDocument>("/{id}");
        memberships.MapDelete<DeleteMembership>("/{id}");
        memberships.MapRestore<RestoreMembership, MembershipDocument>("/{id}", MembershipAt);
        memberships.MapList<ListMembershipHistory, RecordedVersion>("/{id}/history");
        memberships.MapCreate<ChangeStanding, MembershipDocument>("/{id}/standings", MembershipAt, OperationKind.Step);

        var chairs = v1.MapGroup("/forums/{forum}/chairmanships").WithTags("Chairmanships");
        chairs.MapList<ListForumChairmanships, ChairOnDay>("");
        chairs.MapCreate<RecordChairmanship, ChairmanshipDocument>("", ChairmanshipAt);
        chairs.MapList<ReviewChairmanships, ChairFindingOnRecord>("/review");

        var chairmanships = v1.MapGroup("/chairmanships").WithTags("Chairmanships");
        chairmanships.MapList<ListChairmanships, ChairmanshipDocument>("");
        chairmanships.MapRecord<GetChairmanship, ChairmanshipDocument>("/{id}");
        chairmanships.MapReplace<ReplaceChairmanship, ChairmanshipDocument>("/{id}", ChairmanshipAt);
        chairmanships.MapCorrect<CorrectChairmanship, ChairmanshipDocument>("/{id}");
        chairmanships.MapDelete<DeleteChairmanship>("/{id}");
        chairmanships.MapRestore<RestoreChairmanship, ChairmanshipDocument>("/{id}", ChairmanshipAt);
        chairmanships.MapList<ListChairmanshipHistory, RecordedVersion>("/{id}/history");
    }

    private static string ForumAt(StoredRecord stored) => $"/v1/forums/{stored.Id}";

    private static string BodyAt(StoredRecord stored) =>
        $"/v1/forums/{stored.Id.Replace("/", "/bodies/", StringComparison.Ordinal)}";

    private static string ChairmanshipAt(StoredRecord stored) => $"/v1/chairmanships/{stored.Id}";

    private static string MembershipAt(StoredRecord stored) => $"/v1/memberships/{stored.Id}";
}
