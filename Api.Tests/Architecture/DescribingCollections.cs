using Microsoft.Extensions.DependencyInjection;
using Registry.Api.Routing;
using Registry.Api.Tests.Http;
using Registry.Api.Tests.Support;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Tests.Architecture;

/// <summary>A collection is described once, and everything that handles all collections handles it.</summary>
public sealed class DescribingCollections(Engine engine) : UnwrittenTest(engine)
{
    private static readonly string[] StandardOperations =
    [
        "GET ",
        "PUT ",
        "PATCH ",
        "DELETE ",
        "POST restore",
        "GET history",
    ];

    [Test]
    public void Every_store_is_that_of_a_described_collection() =>
        Assert.That(
            typeof(RecordStore)
                .Assembly.GetTypes()
                .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(RecordStore)))
                .Select(type => ((RecordStore)App.Services.GetRequiredService(type)).RecordKind),
            Is.EquivalentTo(RecordKinds.All)
        );

    [TestCaseSource(nameof(Kinds))]
    public void A_collection_has_a_store_reads_columns_and_a_resource(RecordKind kind)
    {
        var store = App.Services.GetRequiredService<RecordStores>().Of(kind.Collection);
        var reads = App.Services.GetRequiredService(typeof(RecordReads<>).MakeGenericType(kind.Model));
        var resource = RecordResources.Find(kind.Collection);

        Assert.Multiple(() =>
        {
            Assert.That(store.RecordKind, Is.SameAs(kind));
            Assert.That(((RecordReads)reads).RecordKind, Is.SameAs(kind));
            Assert.That(CsvShape.Of(kind.Collection).Names, Is.Not.Empty);
            Assert.That(resource?.Kind, Is.SameAs(kind));
            Assert.That(resource?.Examples.Answer(), Is.InstanceOf(kind.Model));
        });
    }

    [TestCaseSource(nameof(Kinds))]
    public async Task A_collection_has_the_standard_operations(RecordKind kind)
    {
        var path = $"/v1{RecordResources.Of(kind.Collection).Path}";
        var paths = (await App.ReadAsync("/openapi/v1.json"))["paths"]!;
        var operations =
            from suffix in new[] { "", "restore", "history" }
            let at = suffix.Length == 0 ? path : $"{path}/{suffix}"
            from method in paths[at]?.AsObject().Select(operation => operation.Key.ToUpperInvariant()) ?? []
            select $"{method} {suffix}";

        Assert.That(operations, Is.SupersetOf(StandardOperations));
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_collection_is_described_in_the_contract(RecordKind kind)
    {
        var tag = RecordResources.Of(kind.Collection).Tag;

        Assert.That(
            RecordResources.All.Where(resource => resource.Tag == tag).Select(resource => resource.Description),
            Has.One.Not.Null
        );
    }

    private static IEnumerable<TestCaseData> Kinds() =>
        RecordKinds.All.Select(kind => new TestCaseData(kind).SetArgDisplayNames(kind.Collection));
}
