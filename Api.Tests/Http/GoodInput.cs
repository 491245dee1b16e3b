using System.Text;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Http;

/// <summary>Every write with the body that the tests of bad input break: it is taken as it is.</summary>
public sealed class GoodInput(Engine engine) : SettledTest(engine)
{
    [TestCaseSource(typeof(WritingOperation), nameof(WritingOperation.Every))]
    public async Task It_is_taken_and_the_log_of_changes_names_the_holder_of_the_key(WritingOperation operation)
    {
        var before = (await App.QueryAsync<long>("SELECT Sequence FROM ChangeCounter")).Single();

        using var answer = await App.Http.SendAsync(
            operation.With(operation.Body is null ? null : Encoding.UTF8.GetBytes(operation.Body))
        );

        Assert.That((int)answer.StatusCode, Is.AnyOf(200, 201, 204), await answer.Content.ReadAsStringAsync());
        var actors = await App.QueryAsync<string>($"SELECT Actor FROM Change WHERE Sequence > {before}");
        Assert.That(actors, Is.Not.Empty.And.All.EqualTo("admin"));
    }
}
