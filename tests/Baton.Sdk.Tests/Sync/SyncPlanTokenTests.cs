using System.Text.Json;
using Baton.Sdk.Sync;
using CsCheck;

namespace Baton.Sdk.Tests.Sync;

public sealed class SyncPlanTokenTests
{
    private static readonly Gen<SyncAction> AnyAction =
        from operation in Gen.Enum<SyncOperation>()
        from texts in Gen.String.Array[5]
        from spawned in Gen.Bool
        from typeScoped in Gen.Bool
        select new SyncAction("", operation)
        {
            // The graph that a page of an expansion would point into is not saved.
            PageToken = operation == SyncOperation.GrantExpansion ? "" : texts[0],
            ResourceTypeId = texts[1],
            ResourceId = texts[2],
            ParentTypeId = texts[3],
            ParentId = texts[4],
            Spawned = spawned,
            TypeScoped = typeScoped,
        };

    private static readonly Gen<SyncPlan> AnyPlan =
        from actions in AnyAction.Array[0, 8]
        from flags in Gen.Bool.Array[5]
        from completed in Gen.ULong
        from gap in Gen.ULong[0, 100]
        from fingerprint in Gen.String
        select Plan(actions, flags, completed, gap, fingerprint);

    [Fact]
    public void Read_WhatWriteWrote_GivesThePlanBack()
    {
        AnyPlan.Sample(plan =>
        {
            var copy = SyncPlanToken.Read(SyncPlanToken.Write(plan, new IngestQuality()));

            Assert.Equal(plan.Snapshot(), copy.Snapshot());
            Assert.Equal(Flags(plan), Flags(copy));
            Assert.Equal((plan.NextId, plan.CompletedActions, plan.Fingerprint), (copy.NextId, copy.CompletedActions, copy.Fingerprint));
        });
    }

    [Fact]
    public void Read_Empty_BeginsAtTheBeginning()
    {
        Assert.Equal(SyncOperation.Init, Assert.Single(SyncPlanToken.Read("").Snapshot()).Operation);
    }

    [Fact]
    public void Read_UpstreamToken_IsUnderstood()
    {
        var plan = SyncPlanToken.Read(
            """
            {"actions_map":{"0000000001":{"id":"0000000001","operation":"grant-expansion"},
             "0000000002":{"id":"0000000002","operation":"list-grants"}},
             "action_order":["0000000001","0000000002"],"current_action_id":7,
             "completed_actions_count":1,"ingest_quality":{},"version":1}
            """);

        Assert.Equal([new("0000000001", SyncOperation.GrantExpansion), new("0000000002", SyncOperation.ListGrants)], plan.Snapshot());
        Assert.Equal(SyncOperation.ListGrants, plan.Current?.Operation);
        Assert.Equal("0000000007", plan.Push(SyncOperation.Init).Id);
        Assert.Equal(1UL, plan.CompletedActions);
    }

    [Fact]
    public void Read_UpstreamTokenOfAFinishedSync_HasNothingLeft()
    {
        var plan = SyncPlanToken.Read(
            """{"current_action_id":26,"needs_expansion":true,"completed_actions_count":26,"ingest_quality":{"source_cache_replay_blocked":true,"reason_flags":32},"version":1}""");

        Assert.Null(plan.Current);
        Assert.True(plan.NeedsExpansion);
    }

    [Fact]
    public void Read_OldFormat_NumbersTheStack()
    {
        var plan = SyncPlanToken.Read(
            """
            {"actions":[{"operation":"list-grants"},{"operation":"list-resources","resource_type_id":"user","page_token":"p"}],
             "current_action":{"operation":"list-resources","resource_type_id":"org"},"needs_expansion":true}
            """);

        Assert.Equal(
            [
                new("0000000000", SyncOperation.ListGrants),
                new("0000000001", SyncOperation.ListResources) { ResourceTypeId = "user", PageToken = "p" },
                new("0000000002", SyncOperation.ListResources) { ResourceTypeId = "org" },
            ],
            plan.Snapshot());
        Assert.True(plan.NeedsExpansion);
        Assert.Equal(3UL, plan.NextId);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"version":3}""")]
    [InlineData("""{"actions":null,"current_action":null}""")]
    [InlineData("""{"version":1,"something_new":[1]}""")]
    public void Read_NoActions_GivesAnEmptyStack(string token)
    {
        Assert.Null(SyncPlanToken.Read(token).Current);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("""{"version":"one"}""")]
    [InlineData("""{"version":1,"actions_map":{},"action_order":["1"]}""")]
    [InlineData("""{"version":1,"actions_map":{},"action_order":[null]}""")]
    [InlineData("""{"version":1,"actions_map":{},"action_order":[1]}""")]
    [InlineData("""{"version":1,"actions_map":{"1":5},"action_order":["1"]}""")]
    [InlineData("""{"version":1,"actions_map":{"1":{"operation":"fly"}},"action_order":["1"]}""")]
    [InlineData("""{"version":1,"completed_actions_count":-1}""")]
    [InlineData("""{"version":1,"current_action_id":"7"}""")]
    [InlineData("""{"actions":[{"operation":""}]}""")]
    public void Read_Damage_SaysThatTheTokenIsCorrupt(string token)
    {
        var failure = Assert.Throws<FormatException>(() => SyncPlanToken.Read(token));

        Assert.StartsWith("syncer token corrupt: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnyText_GivesAPlanOrAFormatException()
    {
        var token = SyncPlanToken.Write(Plan([new("", SyncOperation.ListGrants) { ResourceTypeId = "t" }], new bool[5], 1, 0, "f"), new IngestQuality());
        Gen.Select(Gen.Int[0, token.Length - 1], Gen.Char.AlphaNumeric).Sample((position, character) =>
        {
            try
            {
                SyncPlanToken.Read(string.Concat(token.AsSpan(0, position), $"{character}", token.AsSpan(position + 1)));
            }
            catch (FormatException)
            {
                // The one way to refuse.
            }
        });
    }

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(true, false, 2)]
    [InlineData(false, true, 2)]
    public void Write_Markers_NeedVersionTwo(bool spawned, bool typeScoped, int version)
    {
        var plan = Plan([new("", SyncOperation.ListGrants) { ResourceTypeId = "t", Spawned = spawned, TypeScoped = typeScoped }], new bool[5], 0, 0, "");

        using var token = JsonDocument.Parse(SyncPlanToken.Write(plan, new IngestQuality()));

        Assert.Equal(version, token.RootElement.GetProperty("version").GetInt32());
    }

    [Fact]
    public void Write_SmallPlan_HasUpstreamsForm()
    {
        var plan = SyncPlan.Fresh();
        plan.Push(SyncOperation.ListResources, action => action with { ResourceTypeId = "user", PageToken = "p" });

        Assert.Equal(
            """
            {"actions_map":{"0000000000":{"id":"0000000000","operation":"init"},"0000000001":{"id":"0000000001","operation":"list-resources","page_token":"p","resource_type_id":"user"}},"action_order":["0000000000","0000000001"],"current_action_id":2,"ingest_quality":{"source_cache_replay_blocked":true,"reason_flags":32},"version":1}
            """,
            SyncPlanToken.Write(plan, new IngestQuality()));
    }

    private static SyncPlan Plan(SyncAction[] actions, bool[] flags, ulong completed, ulong gap, string fingerprint)
    {
        var numbered = actions.Select((action, i) => action with { Id = i.ToString("D10", System.Globalization.CultureInfo.InvariantCulture) });
        var plan = SyncPlan.Restore(numbered, (ulong)actions.Length + gap, completed);
        plan.NeedsExpansion = flags[0];
        plan.HasExternalGrants = flags[1];
        plan.FetchesRelatedResources = flags[2];
        plan.SkipsEntitlementsAndGrants = flags[3];
        plan.SkipsGrants = flags[4];
        plan.Fingerprint = fingerprint;
        return plan;
    }

    private static bool[] Flags(SyncPlan plan)
        => [plan.NeedsExpansion, plan.HasExternalGrants, plan.FetchesRelatedResources, plan.SkipsEntitlementsAndGrants, plan.SkipsGrants];
}
