using Registry.Api.Contract.Examples;
using Registry.Api.Features.LinkedData;
using Registry.Api.Features.Records;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Maps the operations on forums, their bodies, memberships and chairmanships.</summary>
internal static class ForumRoutes
{
    private static readonly RecordResource Forums = new(ForumStore.Kind)
    {
        Tag = "Forums",
        Description = "Conferences, alliances, unions and organizations of states.",
        Examples = OperationExamples.Forums,
        Formats = [ResponseFormat.Json, Popolo.Format],
    };

    private static readonly RecordResource Bodies = new(BodyStore.Kind)
    {
        Tag = "Bodies",
        Description = "The organs of a forum: summits, councils, secretariats, funds.",
        Examples = OperationExamples.Bodies,
        Formats = [ResponseFormat.Json, Popolo.Format],
    };

    private static readonly RecordResource Memberships = new(MembershipStore.Kind)
    {
        Tag = "Memberships",
        Description = "The standings of states and forums in forums, by period.",
        Examples = OperationExamples.Memberships,
        Formats = [ResponseFormat.Json, Popolo.Format],
    };

    private static readonly RecordResource Chairmanships = new(ChairmanshipStore.Kind)
    {
        Tag = "Chairmanships",
        Description = "Who chairs a forum or a body of it, by period.",
        Examples = MinisterExamples.Chairmanships,
    };

    public static void MapForums(this IEndpointRouteBuilder v1)
    {
        var forums = v1.MapGroup("").WithTags(Forums.Tag);
        forums.MapList<ListForums, ForumModel>("/forums");
        forums.MapRecords<ForumModel>(Forums);
        forums.MapList<ListForumTimeline, TimelineEntry>("/forums/{forum}/timeline");

        var bodies = v1.MapGroup("").WithTags(Bodies.Tag);
        bodies.MapList<ListBodies, BodyModel>("/forums/{forum}/bodies");
        bodies.MapCreate<CreateBody, BodyModel>("/forums/{forum}/bodies", Bodies.AddressOf);
        bodies.MapRecords<BodyModel>(Bodies, creates: false);

        var memberships = v1.MapGroup("").WithTags(Memberships.Tag);
        memberships.MapList<ListMembers, StandingOnDay>("/forums/{forum}/members");
        memberships.MapList<ListForumMemberships, MembershipModel>("/forums/{forum}/memberships");
        memberships.MapAnswer<ReconcileForum, ReconciliationModel>("/forums/{forum}/reconciliation");
        memberships.MapCreate<AdmitMember, MembershipModel>("/forums/{forum}/memberships", Memberships.AddressOf);
        memberships.MapList<ListMemberships, MembershipModel>("/memberships");
        memberships.MapRecords<MembershipModel>(Memberships, creates: false);
        memberships.MapCreate<ChangeStanding, MembershipModel>(
            "/memberships/{id}/standings",
            Memberships.AddressOf,
            OperationKind.Step
        );

        var chairmanships = v1.MapGroup("").WithTags(Chairmanships.Tag);
        chairmanships.MapList<ListForumChairmanships, ChairOnDay>("/forums/{forum}/chairmanships");
        chairmanships.MapCreate<RecordChairmanship, ChairmanshipModel>(
            "/forums/{forum}/chairmanships",
            Chairmanships.AddressOf
        );
        chairmanships.MapList<ReviewChairmanships, ChairFindingOnRecord>("/forums/{forum}/chairmanships/review");
        chairmanships.MapList<ListChairmanships, ChairmanshipModel>("/chairmanships");
        chairmanships.MapRecords<ChairmanshipModel>(Chairmanships, creates: false);
    }
}
