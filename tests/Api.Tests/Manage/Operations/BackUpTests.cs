using Galley.Tests.Durability;
using Galley.Tests.Durability.Traffic;
using Galley.Tests.Support;

namespace Galley.Tests.Manage.Operations;

/// <summary>The server makes a backup of its own database, under a name of its own.</summary>
public sealed class BackUpTests : Newsroom, IAsyncLifetime
{
    private const string Target = "/v1/manage/ops/backup";

    private string Folder => Path.Combine(Path.GetDirectoryName(DatabasePath)!, "backups");

    [Fact]
    public async Task Holds_what_is_stored_and_is_told_by_name_size_and_instant()
    {
        var article = Given.Article();
        await Admin.PushedAsync(article);

        var backup = await Admin.PostAsync(Target, null).AnsweredAsync(200);

        var path = Path.Combine(Folder, backup.Text("file"));
        Assert.Equal([path], Directory.EnumerateFiles(Folder));
        Assert.Matches("^galley-[0-9]{8}T[0-9]{9}Z\\.db$", backup.Text("file"));
        Assert.Equal(Clock.GetUtcNow(), backup.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal((new FileInfo(path).Length, 1), (backup.Number("bytes"), backup.Number("articles")));
        Assert.False(backup.Has("previousAt"));
        DatabaseInvariants.AssertHold(path);
        Assert.Equal([$"wire/{article.ExternalId}"], StoredTakes.Read(path).Keys);
    }

    [Fact]
    public async Task Keeps_each_and_says_when_the_one_before_was_made()
    {
        var first = await Admin.PostAsync(Target, null).AnsweredAsync(200);
        var second = await Admin.PostAsync(Target, null).AnsweredAsync(200);

        Assert.Equal(first.Text("createdAt"), second.Text("previousAt"));
        Assert.Equal(first.Text("file").Replace(".db", "-2.db", StringComparison.Ordinal), second.Text("file"));
        Assert.Equal(2, Directory.EnumerateFiles(Folder).Count());
    }

    [Fact]
    public async Task Leaves_nothing_of_a_dry_run()
    {
        var tried = await Admin.PostAsync($"{Target}?dryRun=true", null).AnsweredAsync(200);

        Assert.Empty(Directory.EnumerateFiles(Folder));
        Assert.False((await Admin.PostAsync(Target, null).AnsweredAsync(200)).Has("previousAt"));
        Assert.Equal([tried.Text("file")], Directory.EnumerateFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Counts_once_under_its_key()
    {
        async Task<HttpResponseMessage> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Target);
            request.Headers.Add("Idempotency-Key", "nightly");
            return await Admin.SendAsync(request);
        }

        var first = await (await AskAsync()).JsonAsync();
        var second = await (await AskAsync()).JsonAsync();

        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal([first.Text("file")], Directory.EnumerateFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Those_who_ask_at_once_get_one_each()
    {
        var backups = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Admin.PostAsync(Target, null).AnsweredAsync(200)));

        Assert.Equal(backups.Select(backup => backup.Text("file")).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(4, backups.Select(backup => backup.Text("file")).Distinct().Count());
    }

    [Fact]
    public async Task Is_an_outage_where_the_folder_cannot_be_made_and_the_next_one_is_not_kept_waiting()
    {
        await File.WriteAllTextAsync(Folder, "In the way");
        await Admin.PostAsync(Target, null).ProblemAsync(503, "storage-unavailable");

        File.Delete(Folder);
        await Admin.PostAsync(Target, null).AnsweredAsync(200);
    }

    [Fact]
    public async Task Is_not_made_of_a_damaged_database()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={DatabasePath};Pooling=False;Foreign Keys=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "insert into article_key (source_id, external_id, article_id) values (4711, 'x', 4711)";
            command.ExecuteNonQuery();
        }

        await Admin.PostAsync(Target, null).ProblemAsync(503, "storage-unavailable");
        Assert.Empty(Directory.EnumerateFiles(Folder));
    }
}
